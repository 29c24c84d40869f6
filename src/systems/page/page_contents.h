// Gathers what a page shows, by its kind.
#pragma once

#include <cascade/workspace.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/call.h"
#include "cli/query_options.h"
#include "page/document.h"
#include "page/map.h"

namespace cascade::cli {

// `roots`: the manifests whose surroundings are wanted; none: the whole library. `depth`: at most so many links away.
// `towards`: also what leads to them. `budgets`: those of the ladders, as --ladder has them; none: no ladders are made.
// `use`: whether anything of them came in the last conversations.
struct MapWish {
  std::vector<Symbol> roots;
  std::vector<std::string> budgets;
  std::uint32_t depth = 0xffffffffU;
  bool towards = false, findings = false, alike = false, use = false;
};

// `names`: the words after the kind. `from`: a file with the JSON of that verb, "-" for standard input. `passed`:
// options that go to the verb whose figures are shown. `anyway`, `whole`, `with`: as `cascade bundle` takes them.
struct PageWish {
  page::PageKind kind = page::PageKind::map;
  std::vector<std::string> names, passed, with;
  bool anyway = false, whole = false;
  std::optional<std::string> from;
  MapWish map;
  TaskOptions task;
};

// Nothing: the reason was printed, and the answer is no. The workspace is opened for a map and a bundle alone.
Result<std::optional<page::Contents>> page_contents(Call& call, const PageWish& wish);

// How the page was asked for, as JSON: `place`: the options before the verb; `names` and `options` behind it.
std::string asked_for(const Call& call, const PageWish& wish);

// A map again, once files have changed.
Result<std::string> map_of_page(Call& call, Workspace& workspace, const MapWish& wish);

}  // namespace cascade::cli
