// Derives requirements between sections from headings alone: parents by level, then one rule after another adds pairs
// (bare headings, announcements, contrasts, warnings, procedures, numbered steps). The rules do not depend on each
// other, so their order does not matter.
#include "bundle/together.h"

#include "manifest/labels.h"
#include "text/ascii.h"

#include <algorithm>
#include <array>

namespace cascade::bundle {
namespace {

using manifest::Contrast;

constexpr std::uint32_t deepest = 6;  // level of a heading

// The number in a step's heading: 2 of "Step 2: Load it" and of "2. Load it"; 0: none. `named`: a word says that it is
// a step.
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
