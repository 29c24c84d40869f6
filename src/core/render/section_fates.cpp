// Says what became of each section of one manifest in a bundle: in, shortened, or left out and why. The omissions are
// looked up first and the pieces after them, because a section that is shown in a shorter form appears in both, and
// being shown decides.
#include "render/parts.h"
#include "render/why.h"
#include "text/names.h"

namespace cascade::rendering {
namespace {

Fate fate_of(OmittedFor reason) {
  switch (reason) {
    case OmittedFor::budget: return Fate::budget;
    case OmittedFor::duplicate: return Fate::duplicate;
    case OmittedFor::already_loaded: return Fate::already_loaded;
  }
  return Fate::budget;
}

// A form that shows some of its section.
bool is_shorter(Form form) {
  return form == Form::prose || form == Form::opening || form == Form::third || form == Form::beginning ||
         form == Form::stub;
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
    out.fate = is_shorter(piece.form) ? Fate::shortened : Fate::in;
    if (out.fate == Fate::shortened) out.form = piece.form;
    if (out.fate == Fate::in) out.shortfall = {};
    out.value = piece.value;
    out.cost = piece.cost;
  }
}

}  // namespace

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
  for (const SectionFate& fate : fates)
    if (fate.fate == Fate::in || fate.fate == Fate::shortened) return true;
  return false;
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
