// What is done again when a file turns out to have changed since it was indexed.
#pragma once

#include <cascade/workspace.h>

namespace cascade::request {

// Runs `step`, a function to a Result; when it is stale, refreshes and runs it once more.
template <typename Step>
auto with_refresh(Workspace& workspace, Step&& step) -> decltype(step()) {
  auto result = step();
  if (result || result.error().code != ErrorCode::stale) return result;
  if (auto refreshed = workspace.refresh(); !refreshed) return refreshed.error();
  return step();
}

// The same for a workspace that was opened with check_later: runs `step` while the files are looked at, and once more
// when they turn out to have changed. What `step` makes must not be shown before.
template <typename Step>
auto confirmed(Workspace& workspace, Step&& step) -> decltype(step()) {
  auto result = with_refresh(workspace, step);
  const auto same = workspace.confirm();
  if (!same) return same.error();
  return *same ? result : with_refresh(workspace, step);
}

}  // namespace cascade::request
