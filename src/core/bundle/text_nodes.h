// The nodes of one manifest, and what they require of each other.
#pragma once

#include <cascade/bundle.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "bundle/items.h"
#include "bundle/part.h"

namespace cascade::bundle {

class TextNodes {
 public:
  // All of them must outlive it.
  TextNodes(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items);

  // Adds the nodes of one manifest after those added before. `place`: see Worth.
  void add(const Selected& selected, std::uint32_t place);
  // Cards of manifests that the roots name; kept if a request fills its room.
  const std::vector<std::uint32_t>& asked_cards() const noexcept { return asked_cards_; }

 private:
  struct Shown {
    std::uint32_t section;  // its number among `facts`
    std::size_t place;      // in Text::sections
  };

  void add_heads(const Selected& selected, const Worth& worth, Text& text);
  void add_sections(const Selected& selected, Worth worth, Text& text);
  void add_section(std::uint32_t section, const Worth& worth, const std::vector<std::uint32_t>& forms, Text& text);
  void add_forms(const SectionView& section, const Worth& worth, const std::vector<std::uint32_t>& forms,
                 const Node& full, SectionNodes& nodes);
  void add_same(const SectionView& section, const Node& full, SectionNodes& nodes);
  void need_begin(const Text& text, bool has_lead);
  void need_whole(const Text& text, const SectionNodes& section);
  void relate(const Text& text, const std::vector<SectionFacts>& facts);
  void mark_cuts(const Text& text);
  void need(const SectionNodes& section, bool whole, const std::vector<std::uint32_t>& any_of);
  std::vector<std::uint32_t> ways_in(const SectionNodes& section) const;
  void bring_shorter(std::uint32_t node);
  std::uint32_t first_of_substance(const SectionNodes& section) const;
  Worth worth_of(const Selected& selected, std::uint32_t place) const;
  Cost cost_of_cut(ManifestId id, const SectionView& section, std::uint32_t number) const;
  PackingGroup& group(std::uint32_t node) { return items_.problem.groups[node]; }
  std::uint32_t relevance(ManifestId id, std::uint32_t section) const {
    return request_.relevance ? request_.relevance(id, section) : 1000;
  }

  using Content = std::tuple<std::uint64_t, TokenCount, std::uint32_t>;

  const Registry& registry_;
  const BundleRequest& request_;
  const TokenCounter& counter_;
  Items& items_;
  bool asked_ = true;  // the current manifest is a root
  std::vector<std::uint32_t> asked_cards_;
  std::set<std::uint64_t> held_, previous_;
  std::map<Content, std::uint32_t> owner_;  // of a text: the node that shows it whole
};

void add_files(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items);

// A skill's files that are not packed; empty: all are. Beyond the first six, only names.
std::string files_line(const Registry& registry, const Items& items, std::uint32_t line,
                       const std::vector<std::uint8_t>& chosen);

// A skill's files, none packed. `folder`: where the skill lies.
std::vector<ListedFile> listed_files(const Registry& registry, ManifestId id, const std::string& folder,
                                     const TokenCounter& counter, const ReadFile& read);

// "#!/bin/sh\n# Checks a workbook." -> "Checks a workbook". At most 100 code points; empty: it says nothing.
std::string file_purpose(std::string_view path, std::string_view text);

}  // namespace cascade::bundle
