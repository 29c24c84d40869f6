// Turns a request (items or a prompt, under a budget) into a bundle: it is routed, resolved and packed. Hooks, the
// program and the C interface all use it.
#pragma once

#include <cascade/bundle.h>
#include <cascade/registry.h>
#include <cascade/resolve.h>
#include <cascade/route.h>
#include <cascade/tokens.h>
#include <cascade/workspace.h>

#include "bundle/linked_files.h"
#include "listed/standing.h"
#include "resolve/resolve.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::request {

// set_budget() and hook::add_prompt_root() fill it in, assemble_task() carries it out.
struct Task {
  Request request;     // its roots are the items asked for, besides the prompt's
  std::string prompt;  // with `router`, decides the worth of sections and linked files; may be empty
  std::optional<Router> router;
  std::size_t of_prompt = 0;              // how many of the last roots go, the last first, if not all of them fit
  std::vector<Symbol> left_out;           // roots that a prompt asks for and that there was no room for
  std::vector<Symbol> beside;             // what a conversation is offered beside what it gets of the prompt
  std::vector<std::string> unsafe;        // a line for each that a prompt asks for and that is not safe to load
  std::vector<std::string> closed;        // why what the prompt calls by name, or everything, does not come: lines
  Decision decision = Decision::silence;  // what a conversation gets for the prompt,
  std::vector<Symbol> named;              // and, if that is no text, the names of the offer, or of the best guess
  std::vector<std::string> with;          // linked files that must be in
  bool only_named_files = false;  // of the other files, only those that the prompt names; false: all are offered
  BundleRequest bundle;           // the caller sets priced, held and quoted texts, but not the budget

  std::optional<TokenModel> model;         // the budget was given in its tokens
  std::uint32_t model_tokens = unlimited;  // how many of them; unlimited: no budget
  bool exact = true;                       // tokens were counted, not estimated

  // The user's switches, which keep manifests out of conversations in addition to the authors' (listed/standing.h). A
  // withheld manifest is not taken for a prompt unless called by name, and never below a root. Empty: all are taken.
  std::optional<listing::Switches> switches;
  IsOpen open;         // replaces `switches` for a conversation, which knows more; its bundle names nothing else
  bool fills = false;  // no depth was given: spare room is filled with what the roots call
};

// The limits that were given. Missing ones come from cascade.yaml or are unlimited. `tokens` are the model's, or o200k
// tokens if there is no model.
struct Limits {
  std::optional<TokenModel> model;
  std::optional<TokenLimit> tokens;
  std::optional<std::uint32_t> chars;
};

// The model of that name; nothing for an empty name. misuse: the name is unknown; `help` lists the known ones.
Result<std::optional<TokenModel>> find_model(const std::string& name);

// Converts the limits into the bundle's, in o200k tokens, and records how they were given. misuse: a share of an
// unknown window.
Result<void> set_budget(const Workspace& workspace, const Limits& limits, Task& task);

// Makes the bundle and leaves its resolution in task.bundle. Roots of the prompt that do not fit beside the others are
// moved to task.left_out. stale: a file has changed, see with_refresh(). misuse: no
// root links to a file of task.with.
Result<Bundle> assemble_task(const Workspace& workspace, Task& task);

// Makes one bundle for each budget. Each is a part of the one before it where such a part exists (Bundle::nested).
// `limits` must be in descending order. Errors are those of set_budget() and assemble_task().
Result<std::vector<Bundle>> assemble_ladder(const Workspace& workspace, const std::vector<Limits>& limits, Task& task);

// Parses a value of Request::follow: "required", "invoked" or "mentioned".
std::optional<Strength> parse_follow(std::string_view text) noexcept;
// Parses a value of WorkspaceOptions::freshness: "off", "partial", "full" or "paranoid".
std::optional<Freshness> parse_freshness(std::string_view text) noexcept;

// Resolves the name of a manifest: "review", "skill:review", "plugin:review", a path. not_found: `help` has the nearest
// names. misuse: the text is ambiguous; the message lists each path on its own line.
Result<ManifestId> find_manifest(const Registry& registry, std::string_view text);

// Resolves each of the texts. Stops at the first error.
Result<std::vector<Symbol>> find_symbols(const Registry& registry, const std::vector<std::string>& texts);

// "skill:review  skills/review/SKILL.md"
std::string name_and_path(const Registry& registry, ManifestId id);

// One section of a manifest as text: see bundle/items.h. stale: the file has changed since it was indexed.
Result<std::string> section_text(const Workspace& workspace, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further);

// The files that a skill's text links to, none packed; empty for any other manifest.
std::vector<bundle::ListedFile> linked_files(const Workspace& workspace, ManifestId id);

// Runs `step`, a function that returns a Result. If that is stale, because a file has changed since it was indexed,
// refreshes the workspace and runs `step` once more.
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
