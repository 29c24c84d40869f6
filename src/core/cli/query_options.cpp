#include "cli/query_options.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

void QueryOptions::declare_kinds(Arguments& arguments) { arguments.list("--kind,--kinds", kinds); }
void QueryOptions::declare_paths(Arguments& arguments) { arguments.list("--path,--paths", paths); }
void QueryOptions::declare_top(Arguments& arguments) { arguments.number("--top", top); }
void QueryOptions::declare_caution(Arguments& arguments) { arguments.text("--caution", caution); }

Result<Query> make_query(const QueryOptions& options, std::size_t default_top, const Preferences& preferences) {
  Query query;
  query.paths = options.paths;
  query.limit = options.top.value_or(static_cast<std::uint32_t>(default_top));
  if (query.limit == 0) return Error{ErrorCode::misuse, "--top must be at least 1", {}, "leave it out for the default"};
  for (const std::string& word : options.kinds) {
    const auto kind = parse_kind(word);
    if (!kind) return Error{ErrorCode::misuse, "unknown kind '" + word + "'", {}, "one of skill, agent, command"};
    query.kinds.push_back(*kind);
  }
  const std::string& word = options.caution.empty() ? preferences.caution : options.caution;
  if (word.empty()) return query;
  const auto caution = parse_caution(word);
  if (!caution) return Error{ErrorCode::misuse, "unknown caution '" + word + "'", {}, "one of low, normal, high"};
  query.caution = *caution;
  return query;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

namespace {

Result<TokenLimit> limit_of(const std::string& source, const std::string& text) {
  if (const auto limit = parse_token_limit(text)) return *limit;
  if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos)
    return misuse(
        source + " is more than " + std::to_string(std::numeric_limits<TokenCount>::max()) + " tokens: '" + text + "'",
        "4000, or 2%");
  return misuse(source + " is neither a number of tokens nor a share of a window: '" + text + "'", "4000, or 2%");
}

// Where nobody learns, nothing was.
Result<Learned> learned_values(const Environment& environment) {
  for (const core::System* const system : core::systems())
    if (system->learned != nullptr) return system->learned(environment);
  return Learned{};
}

}  // namespace

void TaskOptions::declare(Arguments& arguments) {
  arguments.text("--prompt", prompt);
  arguments.text("--budget", budget);
  arguments.number("--max-chars", max_chars);
  arguments.number("--depth", depth);
  arguments.text("--follow", follow);
  arguments.list("--exclude", exclude);
}

Result<request::Task> make_task(const Call& call, const Workspace& workspace, const TaskOptions& options) {
  request::Task task;
  task.request.depth = options.depth.value_or(0);
  task.fills = !options.depth;
  if (!options.follow.empty()) {
    const auto follow = request::parse_follow(options.follow);
    if (!follow) return misuse("unknown strength '" + options.follow + "'", "one of required, invoked, mentioned");
    task.request.follow = *follow;
  }
  task.prompt = options.prompt.value_or("");
  auto model = call.model(workspace.preferences().model);
  if (!model) return model.error();
  request::Limits limits{*model, {}, options.max_chars};
  const std::string& text = options.budget ? *options.budget : call.environment().budget;
  if (options.budget || !text.empty()) {
    const auto limit = limit_of(options.budget ? "--budget" : "CASCADE_BUDGET", text);
    if (!limit) return limit.error();
    limits.tokens = *limit;
  }
  if (auto set = set_budget(workspace, limits, task); !set)
    return misuse(set.error().message, "--model opus, or a number of tokens");
  auto learned = learned_values(call.environment());
  if (!learned) return learned.error();
  task.bundle.learned = *std::move(learned);
  return task;
}

Result<std::vector<request::Limits>> ladder_limits(const Call& call, const Workspace& workspace,
                                                   const TaskOptions& options, const std::vector<std::string>& rungs) {
  auto model = call.model(workspace.preferences().model);
  if (!model) return model.error();
  const std::uint32_t window = *model ? (*model)->window : 0;
  std::vector<std::pair<std::uint64_t, request::Limits>> limits;
  for (const std::string& rung : rungs) {
    const auto limit = limit_of("--ladder", rung);
    if (!limit) return limit.error();
    limits.push_back({tokens_of(*limit, window), {*model, *limit, options.max_chars}});
  }
  std::stable_sort(limits.begin(), limits.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<request::Limits> sorted;
  for (auto& [tokens, limit] : limits) sorted.push_back(std::move(limit));
  return sorted;
}

}  // namespace cascade::cli
