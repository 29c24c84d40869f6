#include "page/page_contents.h"

#include "cli/data_files.h"
#include "cli/item.h"
#include "cli/prompt_bundle.h"
#include "cli/standard_input.h"
#include "cli/switches.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "page/bundle_json.h"
#include "page/map_json.h"
#include "render/bundle.h"
#include "render/parts.h"
#include "request/refresh.h"
#include "syntax/json.h"

#include <utility>

namespace cascade::cli {
namespace {

constexpr std::size_t longest_title = 100;  // characters of a prompt
constexpr std::uint64_t largest_document = 64u << 20;
constexpr std::uint32_t most_milliseconds = 600'000;  // for a verb that reads a long history

using Found = Result<std::optional<page::Contents>>;

std::string title_of(const PageWish& wish) {
  std::string title;
  switch (wish.kind) {
    case page::PageKind::map: title = "Map of the library"; break;
    case page::PageKind::bundle: title = "Bundle"; break;
    case page::PageKind::metrics: title = "Figures of a git history"; break;
    case page::PageKind::usage: title = "What was used"; break;
    case page::PageKind::audit: title = "Readiness of a repository"; break;
  }
  // Of a repository that is not named: the page finds the name of the folder in its heading.
  if (wish.kind == page::PageKind::metrics && wish.names.empty() && !wish.from)
    if (const auto here = files::DiskTree().real_path(".")) return "Figures of " + std::string(files::file_name(*here));
  if (wish.task.prompt) return title + " for: " + rendering::shortened(*wish.task.prompt, longest_title);
  for (const std::string& name : wish.names) title += (&name == &wish.names.front() ? ": " : ", ") + name;
  return title;
}

// What `cascade VERB --format json` prints, in a process of its own: with its exit code it may say that something was
// found, which is no fault here.
Result<std::string> document_of_verb(const PageWish& wish) {
  if (find_verb(to_string(wish.kind)) == nullptr)
    return Error{ErrorCode::unsupported,
                 "this build has no verb " + std::string(to_string(wish.kind)),
                 {},
                 "give the JSON that another one prints with --from"};
  files::ProgramCall program;
  program.words = {program_path(), std::string(to_string(wish.kind)), "--format", "json"};
  program.words.insert(program.words.end(), wish.passed.begin(), wish.passed.end());
  program.words.insert(program.words.end(), wish.names.begin(), wish.names.end());
  program.environment = files::process_environment();
  program.milliseconds = most_milliseconds;
  program.max_bytes = largest_document;
  auto run = files::run_program(program);
  if (!run) return run.error();
  if (!run->output.empty() && !run->timed_out) return std::move(run->output);
  std::string errors = std::move(run->errors);
  while (!errors.empty() && errors.back() == '\n') errors.pop_back();
  const std::string verb = "cascade " + std::string(to_string(wish.kind));
  return Error{run->exit_code == static_cast<int>(Exit::misuse) ? ErrorCode::misuse : ErrorCode::unsupported,
               verb + " printed nothing" + (errors.empty() ? "" : ": " + errors.substr(0, errors.find('\n'))),
               {},
               "run " + verb + ", or give its JSON with --from"};
}

// A document of another kind would be drawn as nothing.
Result<std::string> checked(std::string json, const PageWish& wish, const std::string& path) {
  syntax::NodeLimits limits;
  limits.bytes = largest_document;
  limits.nodes = 20'000'000;
  const syntax::Parsed parsed = syntax::parse_json(json, limits);
  const syntax::Node* schema = parsed.root.find("schema");
  const std::string wanted = "cascade." + std::string(to_string(wish.kind)) + "/";
  if (parsed.complete && schema != nullptr && schema->text.starts_with(wanted)) return json;
  return Error{ErrorCode::malformed, "this is no document " + wanted + "1", path,
               "it is what cascade " + std::string(to_string(wish.kind)) + " --format json prints"};
}

Result<std::string> verbs_document(const PageWish& wish) {
  if (!wish.from) {
    auto printed = document_of_verb(wish);
    return printed ? checked(*std::move(printed), wish, {}) : printed;
  }
  auto text = *wish.from == "-" ? Result<std::string>(read_standard_input(largest_document))
                                : files::DiskTree().read(*wish.from, largest_document);
  return text ? checked(*std::move(text), wish, *wish.from) : text;
}

// Its budget is the page's to say.
std::vector<std::string> asked_with(const PageWish& wish) {
  const TaskOptions& task = wish.task;
  std::vector<std::string> words = wish.names;
  const auto add = [&](std::initializer_list<std::string> more) { words.insert(words.end(), more); };
  if (task.prompt) add({"--prompt", *task.prompt});
  if (wish.anyway) add({"--anyway"});
  if (task.max_chars) add({"--max-chars", std::to_string(*task.max_chars)});
  if (task.depth) add({"--depth", std::to_string(*task.depth)});
  if (!task.follow.empty()) add({"--follow", task.follow});
  if (wish.whole) add({"--whole"});
  for (const std::string& file : wish.with) add({"--with", file});
  for (const std::string& item : task.exclude) add({"--exclude", item});
  return words;
}

// Of the names, or of what the prompt asks for; nothing: it asks for nothing.
Result<std::optional<Bundle>> bundle_of(Call& call, Workspace& workspace, const PageWish& wish,
                                        const request::Task& asked, request::Task& task) {
  return request::with_refresh(workspace, [&]() -> Result<std::optional<Bundle>> {
    task = asked;
    if (wish.names.empty())
      return bundle_for_prompt(call, workspace, task, wish.anyway ? request::Gate::ignored : request::Gate::kept);
    auto bundle = assemble_task(workspace, task);
    if (!bundle) return bundle.error();
    return std::optional(*std::move(bundle));
  });
}

Found bundle_contents(Call& call, const PageWish& wish, page::Contents contents) {
  auto workspace = call.open();
  if (!workspace) return workspace.error();
  auto asked = make_task(call, *workspace, wish.task);
  if (!asked) return asked.error();
  asked->with = wish.with;
  asked->switches = switches_here(call);
  asked->bundle.shortens = !wish.whole;
  if (!find_request(workspace->registry(), wish.names, wish.task.exclude, asked->request, call.console()))
    return std::optional<page::Contents>();
  request::Task task;
  const auto bundle = bundle_of(call, *workspace, wish, *asked, task);
  if (!bundle) return bundle.error();
  call.step("assemble");
  if (!*bundle) {
    call.console().complain(request::nothing_for_prompt(task, "--anyway"));
    return std::optional<page::Contents>();
  }
  note_left_out(call, task);
  const Registry registry = workspace->registry();
  const auto text = rendering::bundle(registry, **bundle, rendering::context_of(task), Format::json);
  if (!text) return text.error();
  contents.json = page::bundle_json(registry, task.bundle.resolution, asked_with(wish), *text);
  return std::optional(std::move(contents));
}

Found map_contents(Call& call, const PageWish& wish, page::Contents contents) {
  auto workspace = call.open();
  if (!workspace) return workspace.error();
  MapWish map = wish.map;
  if (!find_symbols(workspace->registry(), wish.names, map.roots, call.console()))
    return std::optional<page::Contents>();
  auto json = map_of_page(call, *workspace, map);
  if (!json) return json.error();
  contents.json = *std::move(json);
  return std::optional(std::move(contents));
}

}  // namespace

Result<std::string> map_of_page(Call& call, Workspace& workspace, const MapWish& wish) {
  const auto map = gather_map(call, workspace, wish);
  if (!map) return map.error();
  return page::map_json(workspace.registry(), *map);
}

Found page_contents(Call& call, const PageWish& wish) {
  page::Contents contents{wish.kind, title_of(wish), {}, {}};
  if (wish.kind == page::PageKind::map) return map_contents(call, wish, std::move(contents));
  if (wish.kind == page::PageKind::bundle) return bundle_contents(call, wish, std::move(contents));
  auto json = verbs_document(wish);
  if (!json) return json.error();
  contents.json = *std::move(json);
  return std::optional(std::move(contents));
}

}  // namespace cascade::cli
