// From what was asked for, items or a prompt under a budget, to a bundle: routed, resolved, packed. Whoever asks: a
// hook, the program, the C interface.
#pragma once

#include <cascade/bundle.h>
#include <cascade/resolve.h>
#include <cascade/route.h>
#include <cascade/tokens.h>
#include <cascade/workspace.h>

#include "client/skill_overrides.h"
#include "resolve/only_open.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::request {

// set_budget() and add_prompt_root() add to it, assemble_task() does it.
struct Task {
  Request request;     // its roots are what is asked for, beside the prompt's
  std::string prompt;  // decides, with `router`, what sections and which linked files are worth; may be empty
  std::optional<Router> router;
  std::vector<std::string> with;  // linked files that have to be in
  bool only_named_files = false;  // of the others, those that the prompt names; false: all are offered
  BundleRequest bundle;           // the caller sets what is priced, held, quoted beside the budget

  std::optional<TokenModel> model;         // the budget was given in its tokens,
  std::uint32_t model_tokens = unlimited;  // so many; unlimited: no budget
  bool exact = true;                       // tokens were counted, not estimated

  // What the user keeps out of conversations, beside what authors do (listing/standing.h): nothing of it is taken for a
  // prompt that does not call it by name, nor below a root. None: all is taken.
  std::optional<client::SkillOverrides> switches;
  IsOpen open;            // instead of `switches`, for a conversation that knows more; its bundle names nothing else
  bool by_model = false;  // a model wrote the prompt, and gets nothing that is withheld by a name either
  bool fills = false;     // no depth was asked for: the room left over is filled with what the roots call
};

// What was given; what was not is cascade.yaml's, or has no limit. `tokens` are of the model; without one, of o200k.
struct Limits {
  std::optional<TokenModel> model;
  std::optional<TokenLimit> tokens;
  std::optional<std::uint32_t> chars;
};

// The model of that name, none for no name. misuse: an unknown one; `help` has those that are known.
Result<std::optional<TokenModel>> find_model(const std::string& name);

// Turns the limits into those of the bundle, in o200k tokens, and notes how they were given. misuse: a share of a
// window that is not known.
Result<void> set_budget(const Workspace& workspace, const Limits& limits, Task& task);

// Adds what the prompt asks for: the first-ranked manifest that the request does not exclude, where the router decides
// for `least` or more: silence takes whatever ranks first, load only what would be loaded unasked. False when nothing
// matches, or the gate is closed; nothing_for_prompt() says which.
Result<bool> add_prompt_root(const Workspace& workspace, Task& task, Decision least);
std::string_view nothing_for_prompt(bool gated) noexcept;

// The bundle; its resolution stands in task.bundle afterwards. stale: a file has changed, see with_refresh(). misuse:
// no root links to a file of task.with.
Result<Bundle> assemble_task(const Workspace& workspace, Task& task);

// One bundle a budget, the largest first: each is a part of the last one that there was (Bundle::nested), where there
// is such a part. `limits` in descending order. Else as set_budget() and assemble_task().
Result<std::vector<Bundle>> assemble_ladder(const Workspace& workspace, const std::vector<Limits>& limits, Task& task);

// What Request::follow may be: "required", "invoked" or "mentioned".
std::optional<Strength> parse_follow(std::string_view text) noexcept;

}  // namespace cascade::request
