// What is done again when a file turns out to have changed since it was indexed.
#pragma once

#include <cascade/workspace.h>

namespace cascade::task {

// Runs `step`, a function to a Result; when it is stale, refreshes and runs it once more.
template <typename Step>
auto with_refresh(Workspace& workspace, Step&& step) -> decltype(step()) {
  auto result = step();
  if (result || result.error().code != ErrorCode::stale) return result;
  if (auto refreshed = workspace.refresh(); !refreshed) return refreshed.error();
  return step();
}

}  // namespace cascade::task
