// The object behind a cascade_workspace*.
#pragma once

#include <cascade/cascade.h>
#include <cascade/workspace.h>

#include <mutex>
#include <utility>

#include "c/boundary.h"
#include "c/request.h"

// One workspace and the lock that its calls wait for.
struct cascade_workspace {
  cascade_workspace(cascade::WorkspaceOptions given, cascade::Workspace opened)
      : options(std::move(given)), workspace(std::move(opened)) {}

  std::mutex turn;
  const cascade::WorkspaceOptions options;  // the original options, for opening single roots again
  cascade::Workspace workspace;
};

namespace cascade::c {

// Runs one call on a workspace: `step` receives the workspace and the parsed request, and returns a Result<Answer>.
template <typename Step>
cascade_code answered_by(cascade_workspace* handle, const char* request, char** answer, Step&& step) noexcept {
  return answered(answer, [&]() -> Result<Answer> {
    if (handle == nullptr) return Error{ErrorCode::misuse, "the workspace is a null pointer", {}, {}};
    auto parsed = Request::parse(request);
    if (!parsed) return parsed.error();
    const std::lock_guard<std::mutex> lock(handle->turn);
    return std::forward<Step>(step)(*handle, *parsed);
  });
}

}  // namespace cascade::c
