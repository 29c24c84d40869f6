// Repeats a step if a file turns out to have changed since it was indexed.
#pragma once

#include <cascade/workspace.h>

namespace cascade::request {

// Runs `step`, a function that returns a Result. If that is stale, refreshes the workspace and runs `step` once more.
template <typename Step>
auto with_refresh(Workspace& workspace, Step&& step) -> decltype(step()) {
  auto result = step();
  if (result || result.error().code != ErrorCode::stale) return result;
  if (auto refreshed = workspace.refresh(); !refreshed) return refreshed.error();
  return step();
}

// The same for a workspace that was opened with check_later: runs `step` while the files are being checked, and once
// more if they have changed. The result of `step` must not be shown before.
template <typename Step>
auto confirmed(Workspace& workspace, Step&& step) -> decltype(step()) {
  auto result = with_refresh(workspace, step);
  const auto same = workspace.confirm();
  if (!same) return same.error();
  return *same ? result : with_refresh(workspace, step);
}

}  // namespace cascade::request
