#include "bundle/together.h"

#include "manifest/units.h"

#include <optional>

namespace cascade::bundle {
namespace {

using manifest::Contrast;

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
    Requirement need{at, false, {}};
    for (std::uint32_t below = at + 1; below < sections_.size() && is_below(below, at); ++below) {
      need.any_of.push_back(below);
      if (at != title_) break;
    }
    if (!need.any_of.empty()) found_.push_back(std::move(need));
  }

  void need_what_follows(std::uint32_t at) {
    if (!sections_[at].announces || at + 1 >= sections_.size()) return;
    if (sections_[at].level != 0 && !is_below(at + 1, at)) return;
    found_.push_back({at, true, {at + 1}});
  }

  void need_contrast(std::uint32_t at) {
    const Contrast here = manifest::contrast_of(sections_[at].heading);
    if (here == Contrast::none) return;
    for (std::uint32_t next = at + 1; next < sections_.size(); ++next) {
      if (sections_[next].level > sections_[at].level) continue;
      if (sections_[next].level < sections_[at].level) return;
      const Contrast there = manifest::contrast_of(sections_[next].heading);
      if (there == Contrast::none || there == here) return;
      found_.push_back({at, false, {next}});
      found_.push_back({next, false, {at}});
      return;
    }
  }

  void need_warning(std::uint32_t at) {
    const std::uint32_t parent = parents_[at];
    if (parent != no_parent && manifest::is_warning_label(sections_[at].heading))
      found_.push_back({parent, true, {at}});
  }

  void need_procedure(std::uint32_t at) {
    if (sections_[at].level == 0 || sections_[at].part == Part::procedure ||
        !closes_procedure(sections_[at].heading, sections_[at].part))
      return;
    Requirement need{at, false, {}};
    std::uint32_t end = at + 1;  // what stands below it is its own way of working, not what it closes
    while (end < sections_.size() && is_below(end, at)) ++end;
    for (std::uint32_t other = 0; other < sections_.size(); ++other)
      if (sections_[other].part == Part::procedure && sections_[other].level != 0 && (other < at || other >= end))
        need.any_of.push_back(other);
    if (!need.any_of.empty()) found_.push_back(std::move(need));
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
