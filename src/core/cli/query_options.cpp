#include "cli/query_options.h"

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

}  // namespace cascade::cli
