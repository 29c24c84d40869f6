// Says in one line whether a manifest is in and why, then lists the links that lead to it and, for each section, its
// fate and what would bring it in.
#include "render/why.h"
#include "text/names.h"

#include "render/facts.h"
#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

std::string root_names(const WhyReport& report) {
  std::string text;
  for (const Symbol& root : report.request.roots)
    text += (text.empty() ? "" : ", ") + unicode::displayable(to_string(root));
  return text;
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
    case listing::Standing::by_name: return "in a conversation: only when the user calls it by name" + reason + "\n";
    case listing::Standing::off: return "in a conversation: never" + reason + "\n";
  }
  return {};
}

constexpr letters::Names<Strength::excluded> strength_words("requires", "invokes", "mentions", "excludes");
std::string_view word_for(Strength strength) { return strength_words.of(strength); }

// "skills/x/SKILL.md:7:19  skill:x invokes agent:y (frontmatter)"
std::string links(const Registry& registry, const std::vector<Link>& links) {
  TextTable table;
  table.columns({"", ""});
  for (const Link& link : links)
    table.row({place_of(registry, link), id_of(registry[link.from]) + " " + std::string(word_for(link.strength)) + " " +
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

}  // namespace

bool is_guess(const WhyReport& report) {
  return report.prompt && report.prompt->routing.routing.decision == Decision::silence;
}

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
           (is_guess(report) ? ", the best guess (cascade bundle --anyway)" : "") + "\n";
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

}  // namespace cascade::rendering
