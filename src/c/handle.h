// What a cascade_workspace* points at.
#pragma once

#include <cascade/cascade.h>
#include <cascade/workspace.h>

#include <mutex>
#include <utility>

#include "c/boundary.h"
#include "c/request.h"

// One workspace and the lock that calls on it wait for.
struct cascade_workspace {
  cascade_workspace(cascade::WorkspaceOptions given, cascade::Workspace opened)
      : options(std::move(given)), workspace(std::move(opened)) {}

  std::mutex turn;
  const cascade::WorkspaceOptions options;  // as it was opened with, to open single roots anew
  cascade::Workspace workspace;
};

namespace cascade::c {

// A call on a workspace: `step` takes it and the parsed request, and gives a Result<Answer>.
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
