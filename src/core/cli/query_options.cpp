// "+N" counts as a number of further sections only if no heading has that text. A wrong name is answered with the
// nearest names, a wrong heading with all headings.
#include "cli/query_options.h"

#include "cli/verbs.h"
#include "system/system.h"
#include "text/ascii.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace cascade::cli {
namespace {

// "How to verify?" and "how-to-verify" fold to the same text.
std::string folded(std::string_view heading) {
  std::string out;
  bool gap = false;
  for (const char c : heading) {
    if (!letters::is_letter_or_digit(c) && static_cast<unsigned char>(c) < 0x80) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += '-';
    gap = false;
    out += letters::to_lower(c);
  }
  return out;
}

// Exact matches, by heading or by path; without any, those that are equal when folded.
std::vector<std::uint32_t> sections_named(const Registry& registry, ManifestId id, std::string_view heading) {
  std::vector<std::uint32_t> exact, loose;
  for (std::uint32_t index = 0; index < registry[id].sections; ++index) {
    const SectionView section = registry.section(id, index);
    if (section.shorter_of != index) continue;
    if (section.heading == heading || section.path == heading) exact.push_back(index);
    if (!section.heading.empty() && folded(section.heading) == folded(heading)) loose.push_back(index);
  }
  return exact.empty() ? loose : exact;
}

// If other manifests have the same name, shadowed or in a plugin, says which one was taken.
void note_namesakes(const Registry& registry, std::string_view text, ManifestId taken, Console& console) {
  constexpr std::size_t most = 5;
  const auto symbol = Symbol::parse(text);
  const std::string_view name = symbol ? std::string_view(symbol->name) : text;
  if (name.find(':') != std::string_view::npos) return;  // the full name of a plugin's manifest
  std::vector<ManifestId> others;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView other = registry[ManifestId{i}];
    const bool same = letters::last_part(other.name) == name && (!symbol || other.kind == symbol->kind);
    if (same && ManifestId{i} != taken && !other.document) others.push_back(ManifestId{i});
  }
  if (others.empty() || text == registry[taken].path) return;
  std::string message = "taken: " + request::name_and_path(registry, taken) + "; the name is also that of";
  for (std::size_t i = 0; i < std::min(most, others.size()); ++i)
    message += "\n  " + request::name_and_path(registry, others[i]);
  if (others.size() > most) message += "\n  and " + std::to_string(others.size() - most) + " more";
  console.note(message);
}

std::optional<ManifestId> find_manifest(const Registry& registry, std::string_view text, Console& console) {
  const auto id = request::find_manifest(registry, text);
  if (!id) {
    const std::string& help = id.error().help;
    console.complain(id.error().message + (help.empty() ? "" : "\n  help: " + help));
    return std::nullopt;
  }
  note_namesakes(registry, text, *id, console);
  return *id;
}

std::optional<std::uint32_t> find_section(const Registry& registry, ManifestId id, std::string_view heading,
                                          Console& console) {
  const std::vector<std::uint32_t> found = sections_named(registry, id, heading);
  if (found.size() == 1) return found.front();
  const std::string name = to_string(symbol_of(registry[id]));
  std::string message = name + " has no section '" + unicode::displayable(heading) + "'; it has";
  if (found.size() > 1) message = "'" + unicode::displayable(heading) + "' of " + name + " is ambiguous; it may mean";
  for (std::uint32_t index = 0; index < registry[id].sections; ++index) {
    const SectionView section = registry.section(id, index);
    if (section.shorter_of == index && !section.heading.empty()) message += "\n  #" + std::string(section.path);
  }
  console.complain(message);
  return std::nullopt;
}

Result<TokenLimit> limit_of(const std::string& source, const std::string& text) {
  if (const auto limit = parse_token_limit(text)) return *limit;
  if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos)
    return misuse(
        source + " is more than " + std::to_string(std::numeric_limits<TokenCount>::max()) + " tokens: '" + text + "'",
        "4000, or 2%");
  return misuse(source + " is neither a number of tokens nor a share of a window: '" + text + "'", "4000, or 2%");
}

}  // namespace

std::optional<Item> find_item(const Registry& registry, std::string_view text, Console& console) {
  const std::size_t hash = text.find('#');
  const auto id = find_manifest(registry, text.substr(0, hash), console);
  if (!id) return std::nullopt;
  Item item{*id, std::nullopt, std::nullopt};
  if (hash == std::string_view::npos) return item;
  std::string_view heading = text.substr(hash + 1);
  const std::size_t plus = heading.rfind('+');
  if (plus != std::string_view::npos && sections_named(registry, *id, heading).empty()) {
    item.further = parse_number(heading.substr(plus + 1));
    if (item.further) heading = heading.substr(0, plus);
  }
  if (const auto number = parse_number(heading); number && *number < registry.whole_sections(*id))
    item.section = number;
  else
    item.section = find_section(registry, *id, heading, console);
  if (!item.section) return std::nullopt;
  return item;
}

std::optional<Symbol> find_symbol(const Registry& registry, std::string_view text, Console& console) {
  const auto id = find_manifest(registry, text, console);
  if (!id) return std::nullopt;
  return symbol_of(registry[*id]);
}

bool find_symbols(const Registry& registry, const std::vector<std::string>& texts, std::vector<Symbol>& into,
                  Console& console) {
  for (const std::string& text : texts) {
    auto symbol = find_symbol(registry, text, console);
    if (!symbol) return false;
    into.push_back(*std::move(symbol));
  }
  return true;
}

bool find_request(const Registry& registry, const std::vector<std::string>& roots,
                  const std::vector<std::string>& exclude, Request& into, Console& console) {
  if (!find_symbols(registry, roots, into.roots, console) || !find_symbols(registry, exclude, into.exclude, console))
    return false;
  const auto is_excluded = [&into](const Symbol& root) {
    return std::ranges::find(into.exclude, root) != into.exclude.end();
  };
  if (into.roots.empty() || !std::ranges::all_of(into.roots, is_excluded)) return true;
  console.complain("nothing is left: " + to_string(into.roots.front()) + " is excluded\n  help: exclude less");
  return false;
}

Result<Query> make_query(const QueryOptions& options, std::size_t default_top, const Preferences& preferences) {
  Query query;
  query.paths = options.paths;
  query.limit = options.top.value_or(static_cast<std::uint32_t>(default_top));
  if (query.limit == 0) return misuse("--top must be at least 1", "leave it out for the default");
  for (const std::string& word : options.kinds) {
    const auto kind = parse_kind(word);
    if (!kind) return misuse("unknown kind '" + word + "'", "one of skill, agent, command");
    query.kinds.push_back(*kind);
  }
  const std::string& word = options.caution.empty() ? preferences.caution : options.caution;
  if (word.empty()) return query;
  const auto caution = parse_caution(word);
  if (!caution) return misuse("unknown caution '" + word + "'", "one of low, normal, high");
  query.caution = *caution;
  return query;
}

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
  std::ranges::stable_sort(limits, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<request::Limits> sorted;
  for (auto& [tokens, limit] : limits) sorted.push_back(std::move(limit));
  return sorted;
}

}  // namespace cascade::cli
