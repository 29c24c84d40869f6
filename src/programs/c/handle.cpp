// The C interface: requests and answers are JSON (docs/embedding.md).
#include <cascade/bundle.h>
#include <cascade/cascade.h>
#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/resolve.h>
#include <cascade/result.h>
#include <cascade/route.h>
#include <cascade/validate.h>
#include <cascade/workspace.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/dialect.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "hook/routing.h"
#include "render/bundle.h"
#include "render/overview.h"
#include "render/route.h"
#include "request/task.h"
#include "syntax/json.h"
#include "syntax/node.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"
#include "validate/checkup/checkup.h"
#include "validate/report/findings.h"
#include "workspace/configuration.h"

// One workspace and the lock that its calls wait for.
struct cascade_workspace {
  cascade_workspace(cascade::WorkspaceOptions given, cascade::Workspace opened)
      : options(std::move(given)), workspace(std::move(opened)) {}

  std::mutex turn;
  const cascade::WorkspaceOptions options;  // the original options, for opening single roots again
  cascade::Workspace workspace;
};

namespace cascade::c {
namespace {

using syntax::Node, syntax::NodeKind;

// An answer, and whether it means yes.
struct Answer {
  std::string text;
  bool yes = true;
};

Result<Answer> answer_of(Result<std::string> text, bool yes = true) {
  if (!text) return text.error();
  return Answer{*std::move(text), yes};
}

cascade_code code_of(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::not_found: return CASCADE_NOT_FOUND;
    case ErrorCode::unreadable: return CASCADE_UNREADABLE;
    case ErrorCode::unwritable: return CASCADE_UNWRITABLE;
    case ErrorCode::malformed: return CASCADE_MALFORMED;
    case ErrorCode::stale: return CASCADE_STALE;
    case ErrorCode::unsupported: return CASCADE_UNSUPPORTED;
    case ErrorCode::misuse: return CASCADE_MISUSE;
  }
  return CASCADE_FAULT;
}

std::string message_of(const Error& error) {
  std::string text = error.path.empty() ? error.message : error.path + ": " + error.message;
  if (!error.help.empty()) text += "\nhelp: " + error.help;
  // A path may hold any bytes, but the caller gets UTF-8.
  return unicode::replace_invalid(text);
}

// A copy that the C interface's caller must free; null if memory is short.
char* copied(std::string_view text) noexcept {
  char* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy == nullptr) return nullptr;
  // A NUL in a manifest would end the text early.
  std::replace_copy(text.begin(), text.end(), copy, '\0', ' ');
  copy[text.size()] = '\0';
  return copy;
}

// Runs `step` (a function that returns Result<Answer>), writes its outcome to `answer`, and lets no exception escape.
template <typename Step>
cascade_code answered(char** answer, Step&& step) noexcept {
  if (answer == nullptr) return CASCADE_MISUSE;
  *answer = nullptr;
  try {
    const Result<Answer> result = std::forward<Step>(step)();
    *answer = copied(result ? result->text : message_of(result.error()));
    if (*answer == nullptr) return CASCADE_FAULT;
    if (!result) return code_of(result.error().code);
    return result->yes ? CASCADE_OK : CASCADE_NO;
  } catch (const std::exception& fault) {
    *answer = copied(fault.what());
  } catch (...) {
    *answer = copied("an exception of unknown type");
  }
  return CASCADE_FAULT;
}

// Parses all of `text` as a number in this base.
template <typename Number>
std::optional<Number> parse_number(std::string_view text, int base) {
  Number value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// A request of the C interface: one JSON object, read key by key. Each getter notes the key that it asked for; finish()
// then tells the first value of a wrong type, or a key that nothing asked for. So a misspelt key is an error and needs
// no second list of known keys.
class Request {
 public:
  // Null counts as an empty object. malformed: not a JSON object, ill-formed UTF-8, or a duplicate key.
  static Result<Request> parse(const char* text) {
    Request request;
    request.root_.kind = NodeKind::map;
    if (text == nullptr) return request;
    syntax::Parsed parsed = syntax::parse_json(text);
    if (!parsed.faults.empty()) {
      const syntax::Fault& fault = parsed.faults.front();
      return Error{ErrorCode::malformed,
                   "the request at " + std::to_string(fault.at.line) + ":" + std::to_string(fault.at.column) + ": " +
                       fault.message,
                   {},
                   {}};
    }
    if (!parsed.complete || parsed.root.kind != NodeKind::map)
      return Error{ErrorCode::malformed, "the request is not a JSON object", {}, {}};
    request.root_ = std::move(parsed.root);
    return request;
  }

  // Records that the key's value is not what is wanted.
  void fail(std::string_view key, std::string_view wanted) {
    if (!fault_)
      fault_ =
          Error{ErrorCode::misuse, "'" + std::string(key) + "' of the request is to be " + std::string(wanted), {}, {}};
  }

  std::optional<std::string> text(std::string_view key) {
    const Node* value = ask(key);
    if (value == nullptr) return std::nullopt;
    if (value->kind == NodeKind::string) return value->text;
    fail(key, "a string");
    return std::nullopt;
  }

  std::optional<std::uint32_t> number(std::string_view key) {
    const Node* value = ask(key);
    if (value == nullptr) return std::nullopt;
    const auto number = value->kind == NodeKind::number ? parse_number<std::uint32_t>(value->text, 10) : std::nullopt;
    if (!number) fail(key, "a whole number from 0 to 4294967295");
    return number;
  }

  bool flag(std::string_view key) {
    const Node* value = ask(key);
    if (value == nullptr) return false;
    if (value->kind != NodeKind::boolean) fail(key, "true or false");
    return value->text == "true";
  }

  std::vector<std::string> list(std::string_view key) {
    std::vector<std::string> texts;
    const Node* value = ask(key);
    if (value == nullptr) return texts;
    const auto is_text = [](const Node& item) { return item.kind == NodeKind::string; };
    if (value->kind != NodeKind::list || !std::ranges::all_of(value->items, is_text)) {
      fail(key, "a list of strings");
      return texts;
    }
    for (const Node& item : value->items) texts.push_back(item.text);
    return texts;
  }

  // Of 16 hexadecimal digits each.
  std::vector<std::uint64_t> hashes(std::string_view key) {
    std::vector<std::uint64_t> hashes;
    for (const std::string& text : list(key)) {
      const auto hash = text.size() == 16 ? parse_number<std::uint64_t>(text, 16) : std::nullopt;
      if (!hash) fail(key, "a list of content hashes, 16 hexadecimal digits each");
      hashes.push_back(hash.value_or(0));
    }
    return hashes;
  }

  // misuse: a wrong value, or a key that was never asked for.
  Result<void> finish() const {
    if (fault_) return *fault_;
    for (std::size_t i = 0; i < root_.size(); ++i) {
      const std::string& key = root_.key(i).text;
      if (std::ranges::find(asked_, key) != asked_.end()) continue;
      const std::string known = letters::joined(asked_, ", ");
      return Error{ErrorCode::misuse,
                   "the request has a key '" + key + "' that nothing reads",
                   {},
                   known.empty() ? "it takes none" : "known are " + known};
    }
    return {};
  }

 private:
  const Node* ask(std::string_view key) {
    asked_.emplace_back(key);
    const Node* value = root_.find(key);
    return value != nullptr && value->kind != NodeKind::null ? value : nullptr;
  }

  Node root_;
  std::vector<std::string> asked_;
  std::optional<Error> fault_;
};

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

// The keys "items", "exclude", "depth" and "follow". Call finish() on the request before find().
struct ResolveKeys {
  explicit ResolveKeys(Request& request)
      : items(request.list("items")), exclude(request.list("exclude")), depth(request.number("depth")) {
    const auto found = request::parse_follow(request.text("follow").value_or("invoked"));
    if (!found) request.fail("follow", "one of required, invoked, mentioned");
    follow = found.value_or(follow);
  }

  Result<cascade::Request> find(const Registry& registry) const {
    cascade::Request request;
    auto roots = request::find_symbols(registry, items), without = request::find_symbols(registry, exclude);
    if (!roots) return roots.error();
    if (!without) return without.error();
    request.roots = *std::move(roots);
    request.exclude = *std::move(without);
    request.depth = depth.value_or(0);
    request.follow = follow;
    return request;
  }

  std::vector<std::string> items, exclude;
  std::optional<std::uint32_t> depth;
  Strength follow = Strength::invoked;
};

// The key "format", one of `allowed`; the first of them if it is absent.
Format format(Request& request, std::initializer_list<Format> allowed) {
  const auto given = request.text("format");
  if (!given) return *allowed.begin();
  std::vector<std::string_view> names;
  for (const Format format : allowed) {
    if (*given == to_string(format)) return format;
    names.push_back(to_string(format));
  }
  request.fail("format", "one of " + letters::listed({names.data(), names.size()}));
  return *allowed.begin();
}

std::vector<Kind> kinds(Request& request) {
  std::vector<Kind> found;
  for (const std::string& text : request.list("kinds")) {
    const auto kind = parse_kind(text);
    if (!kind) request.fail("kinds", "a list of skill, agent, command");
    found.push_back(kind.value_or(Kind::skill));
  }
  return found;
}

// The path of a file or folder of share/cascade/ in the tree where the library is installed; empty if it is missing.
// Looks in up to three folders above the library's own file, because it may be in lib/ or lib/<architecture>/.
std::string installed(const std::string& name) {
  const std::string own = files::own_file();
  const files::DiskTree tree;
  std::string_view folder = files::parent(own);
  for (int steps = 0; steps < 3 && files::parent(folder) != folder; ++steps, folder = files::parent(folder)) {
    std::string path = files::join(files::join(folder, "share/cascade"), name);
    if (tree.stat(path)) return path;
  }
  return {};
}

// "estimate" counts without a table. A table that cannot be used is an error, not an estimate.
Result<std::string> vocabulary(const std::optional<std::string>& given) {
  if (!given) return installed("o200k.bin");
  if (*given == "estimate") return std::string();
  if (const auto counter = TokenCounter::open(*given); !counter) return counter.error();
  return *given;
}

Result<WorkspaceOptions> make_options(Request& request) {
  WorkspaceOptions options;
  options.directory = request.text("directory").value_or("");
  options.cache_directory = request.text("cache").value_or("");
  options.home = request.text("home").value_or("");
  options.client_folder = request.text("client_folder").value_or("");
  options.client = request.text("client").value_or("");
  if (!options.client.empty() && client::find_dialect(options.client) == nullptr) {
    std::vector<std::string_view> names;
    for (const client::Dialect* known : client::dialects()) names.push_back(known->name);
    request.fail("client", "one of " + letters::listed({names.data(), names.size()}));
  }
  for (std::string& path : request.list("roots")) options.roots.push_back({std::move(path), Scope::project});
  options.default_roots = request.flag("default_roots");
  options.threads = request.number("threads").value_or(0);
  const auto freshness = request::parse_freshness(request.text("freshness").value_or("full"));
  if (!freshness) request.fail("freshness", "one of off, partial, full, paranoid");
  const auto library = request.text("library"), table = request.text("vocabulary");
  if (auto done = request.finish(); !done) return done.error();
  options.freshness = *freshness;
  options.builtin_library = library ? *library : installed("library");
  auto found = vocabulary(table);
  if (!found) return found.error();
  options.vocabulary_path = *std::move(found);
  return options;
}

Result<std::unique_ptr<cascade_workspace>> open(const char* text) {
  auto request = Request::parse(text);
  if (!request) return request.error();
  auto options = make_options(*request);
  if (!options) return options.error();
  auto workspace = Workspace::open(*options);
  if (!workspace) return workspace.error();
  if (const auto fault = workspace::first_setting_fault(workspace->problems())) return *fault;
  return std::make_unique<cascade_workspace>(*std::move(options), *std::move(workspace));
}

// The document cascade.index/1: what was read, and what is wrong with it.
Result<Answer> overview_of(const Workspace& workspace) {
  return answer_of(
      rendering::overview(workspace.registry(), rendering::overview_of(workspace), Format::json, rendering::Paint()));
}

// cascade_bundle: the same task as the program's verb `bundle`, from the keys of a request. The keys are read before
// anything is done, so that a wrong request costs nothing.
Result<Answer> bundle(cascade_workspace& handle, Request& request) {
  const ResolveKeys keys(request);
  request::Task task;
  const auto prompt = request.text("prompt"), model_name = request.text("model");
  const auto budget = request.number("budget"), max_chars = request.number("max_chars");
  const bool anyway = request.flag("anyway");
  const bool gated = request.flag("gated");  // the default; callers of earlier times say so
  task.bundle.already_loaded = request.hashes("already_loaded");
  task.bundle.previous = request.hashes("previous");
  task.with = request.list("with");
  const Format wanted = format(request, {Format::json, Format::text, Format::markdown});
  if (anyway && gated) request.fail("anyway", "left out beside 'gated'");
  if (keys.items.empty() == !prompt) request.fail("items", "given, or else 'prompt'");
  if (auto done = request.finish(); !done) return done.error();
  Workspace& workspace = handle.workspace;
  const auto model = request::find_model(model_name.value_or(workspace.preferences().model));
  if (!model) return model.error();
  request::Limits limits{*model, {}, max_chars};
  if (budget) limits.tokens = TokenLimit{*budget, 0};
  if (auto set = request::set_budget(workspace, limits, task); !set) return set.error();
  auto found = keys.find(workspace.registry());
  if (!found) return found.error();
  task.request = *std::move(found);
  task.fills = !keys.depth;
  task.switches.emplace();  // the authors' switches count; the user's are in a client's settings
  if (prompt) {
    task.prompt = *prompt;
    task.bundle.limits = first_good(task.bundle);
    const hook::Gate gate = anyway ? hook::Gate::ignored : hook::Gate::kept;
    const hook::Place place{workspace, [&]() -> const listing::Switches& { return *task.switches; }};
    const auto any = request::with_refresh(workspace, [&] { return add_prompt_root(place, task, gate); });
    if (!any) return any.error();
    if (!*any) return Error{ErrorCode::not_found, hook::nothing_for_prompt(task, "'anyway'"), {}, {}};
  }
  const auto assembled = request::with_refresh(workspace, [&] { return assemble_task(workspace, task); });
  if (!assembled) return assembled.error();
  return answer_of(rendering::bundle(workspace.registry(), *assembled, rendering::context_of(task), wanted),
                   assembled->status == PackingStatus::ok);
}

Result<Answer> resolve_items(cascade_workspace& handle, Request& request) {
  const ResolveKeys keys(request);
  const Format wanted = format(request, {Format::json, Format::text, Format::dot, Format::mermaid});
  if (keys.items.empty()) request.fail("items", "a list of at least one item");
  if (auto done = request.finish(); !done) return done.error();
  const Registry registry = handle.workspace.registry();
  const auto found = keys.find(registry);
  if (!found) return found.error();
  const auto resolution = resolve(registry, *found);
  if (!resolution) return resolution.error();
  return answer_of(rendering::resolution(registry, *found, *resolution, wanted, rendering::Paint()));
}

Result<Answer> route(cascade_workspace& handle, Request& request) {
  Query query;
  const auto prompt = request.text("prompt");
  if (!prompt) request.fail("prompt", "the text to be routed");
  query.kinds = kinds(request);
  query.paths = request.list("paths");
  query.limit = request.number("top").value_or(5);
  const bool explain = request.flag("explain");
  const std::string& preferred = handle.workspace.preferences().caution;
  const auto caution = parse_caution(request.text("caution").value_or(preferred.empty() ? "normal" : preferred));
  if (!caution) request.fail("caution", "one of low, normal, high");
  if (auto done = request.finish(); !done) return done.error();
  query.text = *prompt;
  query.caution = *caution;

  const auto router = request::with_refresh(handle.workspace, [&] { return handle.workspace.router(); });
  if (!router) return router.error();
  RoutingReport report;
  if (explain)
    report = router->explain(query);
  else
    report.routing = router->rank(query);
  return answer_of(
      rendering::route(handle.workspace.registry(), query.text, report, explain, Format::json, rendering::Paint()),
      report.routing.decision != Decision::silence);
}

Result<Answer> validate_roots(cascade_workspace& handle, Request& request) {
  const std::string profile = request.text("profile").value_or("");
  if (!profile.empty() && !parse_profile(profile))
    request.fail("profile", "one of agent-skills, claude-code, cascade, install");
  const Format wanted = format(request, {Format::json, Format::text, Format::sarif, Format::github});
  if (auto done = request.finish(); !done) return done.error();
  const std::vector<Root>& roots = handle.workspace.roots();
  if (roots.empty()) return Error{ErrorCode::not_found, "there is no root to validate", {}, {}};
  CheckupOptions options;
  options.workspace = handle.options;
  options.profile = profile;
  Checkup checkup(std::move(options));
  for (const Root& root : roots)
    if (auto added = checkup.add(root.path, roots.size() > 1 ? root.path + "/" : ""); !added) return added.error();
  rendering::FindingsContext context = rendering::context_of(checkup);
  context.version = cascade_version();
  return answer_of(rendering::findings(wanted == Format::sarif ? with_fixes(checkup) : checkup.validation().found,
                                       context, wanted, rendering::Paint()),
                   !checkup.reaches(checkup.fail_on()));
}

}  // namespace
}  // namespace cascade::c

cascade_code cascade_open(const char* options, cascade_workspace** workspace, char** answer) {
  using namespace cascade;
  if (workspace != nullptr) *workspace = nullptr;
  return c::answered(answer, [&]() -> Result<c::Answer> {
    if (workspace == nullptr) return Error{ErrorCode::misuse, "the workspace to be set is a null pointer", {}, {}};
    auto opened = c::open(options);
    if (!opened) return opened.error();
    auto overview = c::overview_of((*opened)->workspace);
    if (overview) *workspace = opened->release();
    return overview;
  });
}

cascade_code cascade_refresh(cascade_workspace* workspace, char** answer) {
  using namespace cascade;
  return c::answered_by(workspace, nullptr, answer, [](cascade_workspace& handle, c::Request&) -> Result<c::Answer> {
    if (const auto report = handle.workspace.refresh(); !report) return report.error();
    return c::overview_of(handle.workspace);
  });
}

void cascade_close(cascade_workspace* workspace) { delete workspace; }

cascade_code cascade_bundle(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::bundle);
}

cascade_code cascade_resolve(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::resolve_items);
}

cascade_code cascade_route(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::route);
}

cascade_code cascade_validate(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::validate_roots);
}

const char* cascade_version(void) { return CASCADE_VERSION; }

const char* cascade_code_name(int code) {
  constexpr const char* names[] = {"ok",        "no",    "not_found",   "unreadable", "unwritable",
                                   "malformed", "stale", "unsupported", "misuse",     "fault"};
  return code >= CASCADE_OK && code <= CASCADE_FAULT ? names[code] : "unknown";
}

void cascade_free(char* answer) { std::free(answer); }
