// What `bundle` and `why` have in common: roots from names or from a prompt, a budget, and the bundle for them.
#pragma once

#include <cascade/bundle.h>
#include <cascade/resolve.h>
#include <cascade/workspace.h>

#include "cli/call.h"
#include "render/bundle.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cascade::cli {

// The options as given; declare() adds them to a verb's.
struct TaskOptions {
  std::optional<std::string> prompt, budget;
  std::optional<std::uint32_t> max_chars, depth;
  std::string follow;
  std::vector<std::string> exclude;

  void declare(Arguments& arguments);
};

// A request with all that is needed to assemble its bundle. `router` is set when the roots come from the prompt.
// `priced`: see BundleRequest.
struct Task {
  Request request;
  std::optional<ManifestId> priced;
  Budget budget;
  rendering::BundleContext context;
  std::string prompt;
  std::optional<Router> router;
};

// Budget: --budget, else CASCADE_BUDGET, else cascade.yaml's; likewise the model, whose limit is turned into o200k
// tokens. misuse: an unknown model or strength, a budget that is neither a number nor
// a share of a known window.
Result<Task> make_task(const Call& call, const Workspace& workspace, const TaskOptions& options);

// Adds what the prompt asks for: the first-ranked manifest. With `gated` only when the router would load it. False when
// nothing matches, or the gate is closed.
Result<bool> add_prompt_root(const Workspace& workspace, Task& task, bool gated);

struct Assembled {
  Resolution resolution;
  Bundle bundle;
};
Result<Assembled> assemble_task(const Workspace& workspace, const Task& task);

// Runs `step`; when a file has changed since it was indexed, refreshes and runs it once more.
template <typename Step>
auto with_refresh(Workspace& workspace, Step&& step) -> decltype(step()) {
  auto result = step();
  if (result || result.error().code != ErrorCode::stale) return result;
  if (auto refreshed = workspace.refresh(); !refreshed) return refreshed.error();
  return step();
}

std::optional<Strength> parse_strength(std::string_view text) noexcept;  // required, invoked, mentioned

}  // namespace cascade::cli
