// Gathers what a page shows, by its kind.
#pragma once

#include <cascade/workspace.h>

#include <optional>
#include <string>
#include <vector>

#include "cli/call.h"
#include "cli/task_options.h"
#include "page/document.h"
#include "page/map_data.h"

namespace cascade::cli {

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

// A map again, once files have changed.
Result<std::string> map_of_page(Call& call, Workspace& workspace, const MapWish& wish);

}  // namespace cascade::cli
