// cascade_bundle: the same task as the program's verb `bundle`, from the keys of a request. The keys are read before
// anything is done, so that a wrong request costs nothing.
#include <cascade/bundle.h>

#include "c/handle.h"
#include "c/keys.h"
#include "render/bundle.h"
#include "request/refresh.h"
#include "request/task.h"

namespace cascade::c {
namespace {

struct BundleKeys {
  explicit BundleKeys(Request& request)
      : resolve(request),
        prompt(request.text("prompt")),
        model(request.text("model")),
        budget(request.number("budget")),
        max_chars(request.number("max_chars")),
        anyway(request.flag("anyway")),
        gated(request.flag("gated")),
        already_loaded(request.hashes("already_loaded")),
        previous(request.hashes("previous")),
        with(request.list("with")),
        wanted(format(request, {Format::json, Format::text, Format::markdown})) {
    if (anyway && gated) request.fail("anyway", "left out beside 'gated'");
    if (resolve.items.empty() == !prompt) request.fail("items", "given, or else 'prompt'");
  }

  ResolveKeys resolve;
  std::optional<std::string> prompt, model;
  std::optional<std::uint32_t> budget, max_chars;
  bool anyway, gated;  // gated: the default; callers of earlier times say so
  std::vector<std::uint64_t> already_loaded, previous;
  std::vector<std::string> with;
  Format wanted;
};

Result<void> set_budget(const BundleKeys& keys, const Workspace& workspace, request::Task& task) {
  const auto model = request::find_model(keys.model.value_or(workspace.preferences().model));
  if (!model) return model.error();
  request::Limits limits{*model, {}, keys.max_chars};
  if (keys.budget) limits.tokens = TokenLimit{*keys.budget, 0};
  return request::set_budget(workspace, limits, task);
}

Result<Answer> bundle(cascade_workspace& handle, Request& request) {
  const BundleKeys keys(request);
  if (auto done = request.finish(); !done) return done.error();
  Workspace& workspace = handle.workspace;
  request::Task task;
  if (auto set = set_budget(keys, workspace, task); !set) return set.error();
  task.bundle.already_loaded = keys.already_loaded;
  task.bundle.previous = keys.previous;
  task.with = keys.with;
  auto found = keys.resolve.find(workspace.registry());
  if (!found) return found.error();
  task.request = *std::move(found);
  task.fills = !keys.resolve.depth;
  task.switches.emplace();  // the authors' switches count; the user's are in a client's settings
  if (keys.prompt) {
    task.prompt = *keys.prompt;
    const request::Gate gate = keys.anyway ? request::Gate::ignored : request::Gate::kept;
    const auto any = request::with_refresh(workspace, [&] { return add_prompt_root(workspace, task, gate); });
    if (!any) return any.error();
    if (!*any) return Error{ErrorCode::not_found, request::nothing_for_prompt(task, "'anyway'"), {}, {}};
  }
  const auto assembled = request::with_refresh(workspace, [&] { return assemble_task(workspace, task); });
  if (!assembled) return assembled.error();
  auto text = rendering::bundle(workspace.registry(), *assembled, rendering::context_of(task), keys.wanted);
  if (!text) return text.error();
  return Answer{*std::move(text), assembled->status == PackingStatus::ok};
}

}  // namespace
}  // namespace cascade::c

cascade_code cascade_bundle(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::bundle);
}
