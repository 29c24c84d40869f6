// The words of a heading decide, and only if none says anything pieces of words, for languages without blanks. A
// section whose heading says nothing belongs to the part of the section around it.
#include "bundle/part.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

#include "bundle/part_words.h"
#include "manifest/emission.h"
#include "text/ascii.h"

namespace cascade::bundle {
namespace {

constexpr std::size_t shortest_word = 4, longest_word = 13;

constexpr bool are_read_whole() {
  for (const PartWord& word : part_words::words)
    if (word.text.size() < shortest_word || word.text.size() > longest_word) return false;
  return true;
}
static_assert(are_read_whole(), "a shorter or longer word is never found: change the lengths above");

class LowerWords {
 public:
  explicit LowerWords(std::string_view text) : text_(text) {}

  // Empty after the last word; valid until the next call.
  std::string_view next() {
    while (at_ < text_.size()) {
      std::size_t length = 0;
      for (; at_ < text_.size() && letters::is_letter(text_[at_]); ++at_, ++length)
        if (length < word_.size()) word_[length] = letters::to_lower(text_[at_]);
      ++at_;
      if (length >= shortest_word && length <= word_.size()) return {word_.data(), length};
    }
    return {};
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::array<char, longest_word> word_{};
};

Part part_of_word(std::string_view word) {
  const auto at = std::lower_bound(std::begin(part_words::words), std::end(part_words::words), word,
                                   [](const PartWord& known, std::string_view wanted) { return known.text < wanted; });
  return at != std::end(part_words::words) && at->text == word ? at->part : Part::plain;
}

// Whether the section says how a procedure ended: "Report", "Output", "Limits", or its verification.
bool closes_procedure(std::string_view heading, Part part) {
  if (part == Part::verification) return true;
  constexpr std::string_view closing[] = {"deliverables", "handoff", "limits", "limitations",
                                          "output",       "outputs", "report", "reporting"};
  LowerWords words_of_heading(heading);
  for (std::string_view word = words_of_heading.next(); !word.empty(); word = words_of_heading.next())
    if (std::ranges::find(closing, word) != std::end(closing)) return true;
  return false;
}

}  // namespace

Part part_of(std::string_view heading) {
  Part found = Part::plain;
  LowerWords words_of_heading(heading);
  for (std::string_view word = words_of_heading.next(); !word.empty(); word = words_of_heading.next()) {
    const Part part = part_of_word(word);
    if (part == Part::aside) return part;
    found = std::min(found, part);
  }
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (found != Part::plain || std::ranges::all_of(heading, is_ascii)) return found;
  const auto stands = [heading](const PartWord& word) { return heading.find(word.text) != std::string_view::npos; };
  const auto* at = std::find_if(std::begin(part_words::pieces), std::end(part_words::pieces), stands);
  return at == std::end(part_words::pieces) ? found : at->part;
}

// A command is what to do: where no heading of its says so, its lead does.
void take_lead_for_procedure(const Registry& registry, ManifestId id, std::vector<Part>& parts) {
  if (std::ranges::find(parts, Part::procedure) != parts.end()) return;
  for (std::uint32_t index = 0; index < parts.size(); ++index)
    if (const SectionView section = registry.section(id, index);
        registry.section(id, section.shorter_of).form == Form::lead)
      parts[index] = Part::procedure;
}

// The first heading of level 1 is the manifest's title and says nothing of its part.
std::vector<Part> parts_of(const Registry& registry, ManifestId id) {
  std::vector<Part> parts(registry[id].sections, Part::plain);
  std::vector<std::pair<std::uint32_t, Part>> around;  // level and part of the sections around the present one
  bool titled = false;
  for (std::uint32_t index = 0; index < parts.size(); ++index) {
    const SectionView section = registry.section(id, index);
    if (section.shorter_of < index) {
      parts[index] = parts[section.shorter_of];
      continue;
    }
    const bool title = section.level == 1 && !std::exchange(titled, titled || section.level == 1);
    if (section.form == Form::lead) parts[index] = Part::guidance;
    if (section.form != Form::section || title) continue;
    while (!around.empty() && around.back().first >= section.level) around.pop_back();
    parts[index] = part_of(section.heading);
    if (parts[index] == Part::plain && !around.empty()) parts[index] = around.back().second;
    around.emplace_back(section.level, parts[index]);
  }
  if (registry[id].kind == Kind::command) take_lead_for_procedure(registry, id, parts);
  return parts;
}

// Integers in thousandths, so that a value is the same on every machine.
namespace {

// By Layer (playbook first), by Strength (required first) and by Part (procedure first), in thousandths.
constexpr std::uint64_t layer_decay[] = {1000, 700, 450, 300}, strength_factor[] = {1000, 700, 300, 0},
                        part_factor[] = {3000, 2000, 1400, 1000, 500};

// floor(sqrt(number)), for numbers of up to 32 bits.
std::uint64_t root(std::uint64_t number) noexcept {
  std::uint64_t root = 0;
  for (std::uint64_t bit = 1U << 15U; bit != 0; bit >>= 1U)
    if ((root + bit) * (root + bit) <= number) root += bit;
  return root;
}

std::uint64_t size_factor(TokenCount tokens) noexcept {
  return std::clamp<std::uint64_t>(root(10'000ULL * std::min<TokenCount>(tokens, 10'000)), 200, 4000);
}

constexpr std::uint64_t place_step = 20;  // manifests that come first in a chain are needed first
constexpr std::uint32_t last_place = 20;
constexpr std::uint64_t card_share = 300, prose_share = 600, opening_share = 300, procedure_opening_share = 100;
constexpr std::uint64_t mark_share = 20;  // of a section of which only the heading, or a mark, is shown
constexpr std::uint64_t prose_kept = 900, beginning_kept = 600, opening_kept = 700;

std::uint64_t base_value(const Worth& worth) noexcept {
  const std::uint64_t relevance = 100'000 + 900ULL * std::min(worth.relevance, 1000U);
  const std::uint64_t priority = 500 + 10ULL * std::min(worth.priority, 100U);
  // At most 10^6 * 10^3 * 10^3 * 1500 = 1.5 * 10^15.
  const std::uint64_t base = relevance * layer_decay[static_cast<std::size_t>(worth.layer)] *
                             strength_factor[static_cast<std::size_t>(worth.strength)] * priority / 1'000'000'000;
  return base * (1000 - place_step * std::min(worth.place, last_place)) / 1000;
}

}  // namespace

std::uint64_t section_value(const Worth& worth) noexcept {
  return base_value(worth) * part_factor[static_cast<std::size_t>(worth.part)] * size_factor(worth.tokens) / 1'000'000;
}

std::uint64_t card_value(const Worth& worth) noexcept { return base_value(worth) * card_share / 1000; }

std::uint64_t shorter_value(std::uint64_t section, Form form, Part part, TokenCount tokens, TokenCount whole) noexcept {
  const bool begins = form == Form::third || form == Form::beginning;
  if (form != Form::prose && form != Form::opening && !begins) return section * mark_share / 1000;
  const std::uint64_t kept =
      std::min<std::uint64_t>(std::uint64_t{tokens} * 1000 / std::max<TokenCount>(whole, 1), 1000);
  const std::uint64_t opening = part == Part::procedure ? procedure_opening_share : opening_share;
  if (begins) return section * (opening + kept * beginning_kept / 1000) / 1000;  // more than its first paragraph
  const std::uint64_t least = form == Form::opening ? opening : prose_share;
  return section * std::max(least, kept * (form == Form::opening ? opening_kept : prose_kept) / 1000) / 1000;
}

std::uint32_t author_priority(const Registry& registry, ManifestId id) noexcept {
  const auto field = registry.field(id, "metadata.cascade-priority");
  std::uint32_t priority = 0;
  if (!field) return Worth{}.priority;
  const auto [end, fault] = std::from_chars(field->data(), field->data() + field->size(), priority);
  if (fault != std::errc() || end != field->data() + field->size() || priority > 100) return Worth{}.priority;
  return priority;
}

// Requirements between sections follow from headings alone; the rules do not depend on each other.
namespace {

using manifest::Contrast;

constexpr std::uint32_t deepest = 6;  // level of a heading

// 2 of "Step 2: Load it" and of "2. Load it"; 0: none. `named`: a word says that it is a step.
struct StepNumber {
  std::uint32_t number = 0;
  bool named = false;
};

std::uint32_t number_at(std::string_view text) noexcept {
  std::uint32_t number = 0;
  std::size_t at = 0;
  for (; at < text.size() && at < 4 && letters::is_digit(text[at]); ++at)
    number = number * 10 + static_cast<std::uint32_t>(text[at] - '0');
  const bool ends = at == text.size() || (!letters::is_letter(text[at]) && !letters::is_digit(text[at]));
  return at > 0 && ends ? number : 0;
}

// As number_at(), and 2 for "B: run it".
std::uint32_t step_at(std::string_view text) noexcept {
  const bool letter = !text.empty() && letters::is_letter(text[0]) &&
                      (text.size() == 1 || (!letters::is_letter_or_digit(text[1]) && text[1] != ' '));
  return letter ? static_cast<std::uint32_t>(letters::to_lower(text[0]) - 'a') + 1 : number_at(text);
}

StepNumber step_number(std::string_view heading) noexcept {
  constexpr std::string_view words[] = {"step", "phase", "stage"};
  std::size_t begin = 0;
  while (begin < heading.size() && !letters::is_letter(heading[begin]) && !letters::is_digit(heading[begin])) ++begin;
  heading.remove_prefix(begin);
  for (const std::string_view word : words)
    if (heading.size() > word.size() + 1 && letters::equals_lower(heading.substr(0, word.size()), word) &&
        heading[word.size()] == ' ')
      return {step_at(heading.substr(word.size() + 1)), true};
  return {number_at(heading), false};
}

class Rules {
 public:
  Rules(const std::vector<SectionFacts>& sections, const std::vector<std::uint32_t>& parents)
      : sections_(sections), parents_(parents), title_(title()) {}

  std::vector<Requirement> run() {
    for (std::uint32_t at = 0; at < sections_.size(); ++at) {
      need_body(at);
      need_what_follows(at);
      need_contrast(at);
      need_warning(at);
      need_procedure(at);
    }
    need_steps_before();
    return std::move(found_);
  }

 private:
  std::uint32_t title() const {
    for (std::uint32_t at = 0; at < sections_.size(); ++at)
      if (sections_[at].level == 1) return at;
    return no_parent;
  }

  bool is_below(std::uint32_t lower, std::uint32_t upper) const {
    return sections_[upper].level != 0 && lower > upper && sections_[lower].level > sections_[upper].level;
  }

  void need_body(std::uint32_t at) {
    if (!sections_[at].bare) return;
    Requirement need{at, false, {}, false};
    for (std::uint32_t below = at + 1; below < sections_.size() && is_below(below, at); ++below) {
      need.any_of.push_back(below);
      if (at != title_) break;
    }
    if (!need.any_of.empty()) found_.push_back(std::move(need));
  }

  void need_what_follows(std::uint32_t at) {
    if (!sections_[at].announces || at + 1 >= sections_.size()) return;
    if (sections_[at].level != 0 && !is_below(at + 1, at)) return;
    found_.push_back({at, true, {at + 1}, false});
  }

  void need_contrast(std::uint32_t at) {
    const Contrast here = manifest::contrast_of(sections_[at].heading);
    if (here == Contrast::none) return;
    for (std::uint32_t next = at + 1; next < sections_.size(); ++next) {
      if (sections_[next].level > sections_[at].level) continue;
      if (sections_[next].level < sections_[at].level) return;
      const Contrast there = manifest::contrast_of(sections_[next].heading);
      if (there == Contrast::none || there == here) return;
      found_.push_back({at, false, {next}, false});
      found_.push_back({next, false, {at}, false});
      return;
    }
  }

  void need_warning(std::uint32_t at) {
    const std::uint32_t parent = parents_[at];
    if (parent != no_parent && manifest::is_warning_label(sections_[at].heading))
      found_.push_back({parent, true, {at}, false});
  }

  void need_procedure(std::uint32_t at) {
    if (sections_[at].level == 0 || sections_[at].part == Part::procedure ||
        !closes_procedure(sections_[at].heading, sections_[at].part))
      return;
    Requirement need{at, false, {}, true};
    std::uint32_t end = at + 1;  // the sections below it are its own procedure, not the one that it closes
    while (end < sections_.size() && is_below(end, at)) ++end;
    for (std::uint32_t other = 0; other < sections_.size(); ++other)
      if (sections_[other].part == Part::procedure && sections_[other].level != 0 && (other < at || other >= end))
        need.any_of.push_back(other);
    if (!need.any_of.empty()) found_.push_back(std::move(need));
  }

  // A numbered section is a step if it says so, or if the section around it does ("Workflow").
  bool is_step(std::uint32_t at) const {
    const bool below = parents_[at] != no_parent && sections_[parents_[at]].part == Part::procedure;
    return below || sections_[at].part == Part::procedure;
  }

  // Steps start with the first: doing the fourth without the third would be something else. Plain numbers count as
  // steps if one of them is a step, or checks what the ones before it did.
  void need_steps_before() {
    std::vector<StepNumber> numbers(sections_.size());
    bool any_goes_on = false;
    for (std::uint32_t at = 0; at < sections_.size(); ++at) {
      numbers[at] = step_number(sections_[at].heading);
      any_goes_on = any_goes_on || numbers[at].number >= 2;
    }
    if (any_goes_on) need_steps_before(numbers);
  }

  void need_steps_before(const std::vector<StepNumber>& numbers) {
    struct Place {
      std::uint32_t before = no_parent, first = 0;  // first: of its series of numbers
      bool steps = false;                           // for the first of a series
    };
    std::vector<Place> places(sections_.size());
    std::array<std::uint32_t, deepest + 1> last{};  // for each level
    last.fill(no_parent);
    for (std::uint32_t at = 0; at < sections_.size(); ++at) {
      const std::uint32_t level = std::min(sections_[at].level, deepest);
      std::fill(last.begin() + level + 1, last.end(), no_parent);
      const StepNumber here = numbers[at], there = last[level] == no_parent ? StepNumber{} : numbers[last[level]];
      const bool goes_on = here.number >= 2 && there.named == here.named && there.number + 1 == here.number;
      if (goes_on) places[at].before = last[level];
      places[at].first = goes_on ? places[last[level]].first : at;
      last[level] = at;
      if (here.number > 0 && (here.named || is_step(at) || sections_[at].part == Part::verification))
        places[places[at].first].steps = true;
    }
    for (std::uint32_t at = 0; at < sections_.size(); ++at)
      if (places[at].before != no_parent && places[places[at].first].steps)
        found_.push_back({at, false, {places[at].before}, false});
  }

  const std::vector<SectionFacts>& sections_;
  const std::vector<std::uint32_t>& parents_;
  std::uint32_t title_;
  std::vector<Requirement> found_;
};

}  // namespace

std::vector<std::uint32_t> parents_of(const std::vector<SectionFacts>& sections) {
  std::vector<std::uint32_t> parents(sections.size(), no_parent), open;
  bool titled = false;
  for (std::uint32_t at = 0; at < sections.size(); ++at) {
    const std::uint32_t level = sections[at].level;
    if (level == 0) continue;
    while (!open.empty() && sections[open.back()].level >= level) open.pop_back();
    if (!open.empty()) parents[at] = open.back();
    const bool title = level == 1 && !titled;
    titled = titled || title;
    if (!title) open.push_back(at);
  }
  return parents;
}

std::vector<Requirement> requirements_of(const std::vector<SectionFacts>& sections,
                                         const std::vector<std::uint32_t>& parents) {
  return Rules(sections, parents).run();
}

}  // namespace cascade::bundle
