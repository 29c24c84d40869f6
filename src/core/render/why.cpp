// cascade.why/1 (docs/formats/why.md). depth_needed and follow_needed: null if no such change takes it in full.
#include "render/why.h"

#include <algorithm>

#include "manifest/emission.h"
#include "syntax/put.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

void put_fate(syntax::JsonWriter& json, const Registry& registry, const WhyReport& report, const SectionFate& fate) {
  const bool card = fate.form == Form::card;
  const SectionView section = registry.section(report.id, fate.section);
  put(json.begin_object(), "section", fate.section, "heading", card ? std::string_view() : section.heading, "form",
      to_string(fate.form), "line", card ? 1 : section.line, "in",
      fate.fate == Fate::in || fate.fate == Fate::shortened, "reason", to_string(fate.fate), "value", fate.value);
  put_cost(json, fate.cost);
  put_cost(json, "shortfall", fate.shortfall);
  put(json, "remedy", remedy(report, fate));
  json.end_object();
}

void put_next(syntax::JsonWriter& json, const Registry& registry, const std::optional<NextIn>& next) {
  if (!next) return void(json.key("next").null());
  put(json.key("next").begin_object(), "id", id_of(registry[next->id]), "section", next->section, "heading",
      next->form == Form::card ? std::string_view() : registry.section(next->id, next->section).heading, "form",
      to_string(next->form));
  put_cost(json, "more", next->more);
  json.end_object();
}

std::string why_json(const Registry& registry, const WhyReport& report, const BundleContext& context) {
  const std::vector<SectionFate> fates = section_fates(registry, report);
  syntax::JsonWriter json = document("cascade.why/1");
  put_manifest(json, registry[report.id]);
  put(json, "verdict", to_string(report.explanation.verdict), "in", is_in(fates));
  if (report.prompt) put_prompt(json, registry, *report.prompt);
  if (report.standing != listing::Standing::open)
    put_object(json, "switch", "standing", listing::to_string(report.standing), "reason", report.standing_reason);
  put(json, "roots", report.request.roots);
  json.key("because_of").array(report.explanation.path, [&](const Link& link) { put_link(json, registry, link); });
  json.key("referenced_by").array(registry.links_to(report.id), [&](const Link& link) {
    put_link(json, registry, link);
  });
  json.key("others").objects(report.explanation.others, [&](ManifestId other) { put_manifest(json, registry[other]); });
  put(json, "depth_needed", report.depth_needed, "follow_needed", report.follow_needed);
  json.key("sections").array(fates, [&](const SectionFate& fate) { put_fate(json, registry, report, fate); });
  put_facts(json, report.bundle, report.fact);
  put_object(json, "bundle", [&] {
    put(json, "status", report.bundle.status);
    put_budget(json, report.bundle.budget, context);
    put_cost(json, "cost", report.bundle.cost);
    put_certificate(json, report.bundle);
    put_next(json, registry, report.bundle.next);
  });
  return finish(json);
}

std::string root_names(const WhyReport& report) {
  return letters::joined(report.request.roots, ", ",
                         [&](const Symbol& root) { return unicode::displayable(to_string(root)); });
}

std::string verdict_line(const Registry& registry, const WhyReport& report, const std::vector<SectionFate>& fates) {
  const Explanation& why = report.explanation;
  const std::string from = root_names(report);
  const bool in = is_in(fates);
  switch (why.verdict) {
    case Verdict::root:
      if (report.own_root) return "taken as a root";
      return in ? "in: it is a root" : "a root, but not in";
    case Verdict::reachable:
      return std::string(in ? "in: " : "reached, but out: ") + count_of(why.path.size(), "step") + " from " + from;
    case Verdict::excluded: return "out: it is excluded";
    case Verdict::shadowed: return "out: shadowed by " + unicode::displayable(registry[why.others.front()].path);
    case Verdict::unreferenced: return "out: nothing that is followed leads to it from " + from;
    case Verdict::unknown: return "out: unknown";
  }
  return {};
}

// The effect of the user's and the author's switches on the hooks.
std::string standing_line(const WhyReport& report) {
  const std::string reason =
      report.standing_reason.empty() ? "" : " (" + unicode::displayable(report.standing_reason) + ")";
  switch (report.standing) {
    case listing::Standing::open: return {};
    case listing::Standing::offered: return "in a conversation: offered, never loaded unasked" + reason + "\n";
    case listing::Standing::by_name: return "in a conversation: only when the user calls it by name" + reason + "\n";
    case listing::Standing::off: return "in a conversation: never" + reason + "\n";
  }
  return {};
}

constexpr letters::Names<Strength::excluded> strength_words("requires", "invokes", "mentions", "excludes");

// "skills/x/SKILL.md:7:19  skill:x invokes agent:y (frontmatter)"
std::string links(const Registry& registry, const std::vector<Link>& links) {
  TextTable table;
  table.columns({"", ""});
  for (const Link& link : links)
    table.row({place_of(registry, link), id_of(registry[link.from]) + " " +
                                             std::string(strength_words.of(link.strength)) + " " +
                                             id_of(registry[link.to]) + " (" + std::string(to_string(link.via)) + ")"});
  return table.take(Paint(), "  ");
}

// "shared": its text is there under another manifest; "loaded": the conversation holds it.
std::string fate_word(const SectionFate& fate) {
  switch (fate.fate) {
    case Fate::in: return "in";
    case Fate::shortened: return "in, " + form_text(fate.form);
    case Fate::duplicate: return "shared";
    case Fate::already_loaded: return "loaded";
    default: return "out";
  }
}

// A remedy that is the same for every section is printed once, above them; empty if they differ.
std::string common_remedy(const WhyReport& report, const std::vector<SectionFate>& fates) {
  for (const SectionFate& fate : fates)
    if (remedy(report, fate) != remedy(report, fates.front())) return {};
  return fates.empty() ? std::string() : remedy(report, fates.front());
}

std::string sections(const Registry& registry, const WhyReport& report, const std::vector<SectionFate>& fates,
                     Paint paint) {
  const std::string common = common_remedy(report, fates);
  TextTable table;
  table.column("");
  table.columns({"VALUE", "TOKENS", "CHARS", "LINE"}, Align::right);
  table.columns({"SECTION", ""});
  for (const SectionFate& fate : fates) {
    const bool card = fate.form == Form::card;
    const SectionView section = registry.section(report.id, fate.section);
    const bool priced = !(card && fate.cost == Cost{});
    table.row({fate_word(fate), fate.value == 0 ? "-" : std::to_string(fate.value),
               priced ? std::to_string(fate.cost.tokens) : "-", priced ? std::to_string(fate.cost.chars) : "-",
               card ? "" : std::to_string(section.line), card ? "(card)" : section_name(section),
               common.empty() ? remedy(report, fate) : std::string()});
  }
  return (common.empty() ? common : "  " + common + "\n") + table.take(paint, "  ");
}

// "42 more tokens would bring in Verify of skill:code-review"
std::string next_in(const Registry& registry, const NextIn& next) {
  const std::string id = id_of(registry[next.id]);
  const std::string name = next.form == Form::card ? "the card" : section_name(registry.section(next.id, next.section));
  return lacking_text(next.more) + " would bring in " + name + " of " + id;
}

// Omissions are looked up first and pieces after them, because a section that is shown in a shorter form is in both.

Fate fate_of(OmittedFor reason) {
  switch (reason) {
    case OmittedFor::budget: return Fate::budget;
    case OmittedFor::duplicate: return Fate::duplicate;
    case OmittedFor::already_loaded: return Fate::already_loaded;
  }
  return Fate::budget;
}

// Whether the form shows text of a manifest and is not a mark.
bool is_text(Form form) { return form != Form::cut && form != Form::same && form != Form::name; }

// Looks up the section, or the card, in the bundle. `out` already holds the section's own form and cost.
void look_up(const Registry& registry, const WhyReport& report, SectionFate& out) {
  const bool card = out.form == Form::card;
  const auto is_same = [&](std::uint32_t section, Form form) {
    if (card || form == Form::card) return card && form == Form::card;
    return registry.section(report.id, section).shorter_of == out.section;
  };
  for (const Omission& omission : report.bundle.omissions) {
    if (omission.id != report.id || !is_same(omission.section, omission.form)) continue;
    out.fate = fate_of(omission.reason);
    out.value = omission.value;
    out.cost = omission.cost;
    out.shortfall = omission.shortfall;
  }
  for (const Piece& piece : report.bundle.pieces) {
    if (piece.id != report.id || !is_same(piece.section, piece.form) || !is_text(piece.form)) continue;
    out.fate = manifest::is_shorter(piece.form) ? Fate::shortened : Fate::in;
    if (out.fate == Fate::shortened) out.form = piece.form;
    if (out.fate == Fate::in) out.shortfall = {};
    out.value = piece.value;
    out.cost = piece.cost;
  }
}

}  // namespace

bool is_guess(const WhyReport& report) { return report.prompt && report.prompt->answer.decision != Decision::load; }

Result<std::string> why(const Registry& registry, const WhyReport& report, const BundleContext& context, Format format,
                        Paint paint) {
  if (format == Format::json) return why_json(registry, report, context);
  if (format != Format::text) return no_format("why", format);
  const std::vector<SectionFate> fates = section_fates(registry, report);
  std::string out;
  if (report.prompt) out = prompt_text(registry, *report.prompt, paint);
  if (report.prompt && report.request.roots.empty()) return out;
  if (report.prompt)
    out += "\n" + paint.bold("the bundle of " + root_names(report)) +
           (!is_guess(report) ? ""
            : report.prompt->answer.decision == Decision::offer
                ? ", which is offered and not sent (cascade bundle --anyway)"
                : ", the best guess (cascade bundle --anyway)") +
           "\n";
  out += paint.bold(id_of(registry[report.id]));
  if (report.section) out += " #" + section_name(registry.section(report.id, *report.section));
  out += "  " + verdict_line(registry, report, fates) + "\n";
  out += standing_line(report);
  if (!report.explanation.path.empty())
    out += "\n" + paint.bold("because of") + "\n" + links(registry, report.explanation.path);
  const Span<Link> back = registry.links_to(report.id);
  if (report.explanation.path.empty() && !back.empty())
    out += "\n" + paint.bold("referenced by") + "\n" + links(registry, {back.begin(), back.end()});
  out += "\n" + paint.bold("sections") + "\n" + sections(registry, report, fates, paint);
  if (const std::string facts = facts_text(report.bundle, report.fact, paint); !facts.empty())
    out += "\n" + paint.bold("facts") + "\n" + facts;
  else if (!report.fact.empty())
    out += "\n" + paint.bold("facts") + "\n  " + report.fact + " is not recalled for this prompt\n";
  if (report.selected) out += "\n" + paint.bold("bundle") + "\n  " + bundle_summary(report.bundle, context) + "\n";
  if (report.bundle.next) out += "  " + next_in(registry, *report.bundle.next) + "\n";
  return out;
}

constexpr letters::Names<Fate::no_bundle> fate_names("in", "shortened", "budget", "duplicate", "already_loaded",
                                                     "card_only", "unreached", "no_bundle");
std::string_view to_string(Fate fate) noexcept { return fate_names.of(fate); }

std::vector<SectionFate> section_fates(const Registry& registry, const WhyReport& report) {
  std::vector<SectionFate> fates;
  const auto add = [&](std::uint32_t section, Form form, const Cost& cost) {
    SectionFate out;
    out.section = section;
    out.form = form;
    out.cost = cost;
    if (report.selected) {
      const bool only_card = report.selected->card_only && form != Form::card;
      out.fate = report.bundle.status != PackingStatus::ok ? Fate::no_bundle : only_card ? Fate::card_only : Fate::in;
      if (out.fate == Fate::in) look_up(registry, report, out);
    }
    fates.push_back(out);
  };
  if (!report.section) add(0, Form::card, {});
  for (std::uint32_t index = 0; index < registry[report.id].sections; ++index) {
    const SectionView section = registry.section(report.id, index);
    if (section.shorter_of != index || section.cost == Cost{}) continue;
    if (!report.section || *report.section == index) add(index, section.form, section.cost);
  }
  return fates;
}

bool is_in(const std::vector<SectionFate>& fates) {
  return std::ranges::any_of(
      fates, [](const SectionFate& one) { return one.fate == Fate::in || one.fate == Fate::shortened; });
}

std::string remedy(const WhyReport& report, const SectionFate& fate) {
  switch (fate.fate) {
    case Fate::in: return {};
    case Fate::duplicate: return "its text is in the bundle already";
    case Fate::already_loaded: return "the conversation holds it already";
    case Fate::shortened:
    case Fate::budget: {
      const std::string lacking = lacking_text(fate.shortfall);
      if (lacking.empty()) return "it would fit, but what excludes it is worth more";
      return lacking + " would bring it in" + (fate.fate == Fate::shortened ? " whole" : "");
    }
    case Fate::no_bundle: return "the least budget is " + cost_text(report.bundle.min_budget);
    case Fate::card_only:
    case Fate::unreached: break;
  }
  if (report.explanation.verdict == Verdict::excluded) return "it is excluded by name";
  if (report.explanation.verdict == Verdict::shadowed) return "another manifest has its name";
  std::string change;
  if (report.follow_needed) change = "--follow " + std::string(to_string(*report.follow_needed));
  if (report.depth_needed) change += (change.empty() ? "" : " ") + ("--depth " + std::to_string(*report.depth_needed));
  return change.empty() ? "nothing here leads to it; name it as a root" : change + " would take it in full";
}

}  // namespace cascade::rendering
