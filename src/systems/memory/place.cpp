#include "memory/place.h"

#include <ctime>

#include "cli/environment.h"
#include "facts/quote.h"
#include "files/paths.h"
#include "files/tree.h"
#include "memory/text.h"
#include "policy/policy.h"

namespace cascade::memory {
namespace {

Result<std::vector<recall::Fact>> live_facts(Memory& memory) {
  Filter filter;
  filter.states = {recall::State::live};
  return memory.list(filter);
}

}  // namespace

recall::Place place_at(const std::string& directory, const std::string& home, const std::string& users_file) {
  std::string config(files::parent(files::parent(users_file)));
  const files::DiskTree tree;
  recall::Place place = recall::place_of(directory, home, config, tree);
  const auto policy = policy::read_policy(tree, users_file, tree.real_path(directory).value_or("/"));
  if (policy) place.team = policy->team;
  return place;
}

Result<recall::Index> recall_index(const std::string& state, bool waits) {
  auto index = recall::Index::open(state);
  if (index) return index;
  auto memory = Memory::open({state, false});
  if (!memory) return memory.error();
  if (auto made = recall::make_index(
          state, [&] { return live_facts(*memory); }, waits);
      !made)
    return made.error();
  return recall::Index::open(state);
}

void refresh_recall(const std::string& state, Memory& memory) {
  static_cast<void>(recall::make_index(
      state, [&] { return live_facts(memory); }, false));
}

// The same facts as a hook would add to a new conversation, so that `bundle` and `why` show what it would get.
std::vector<Quote> quotes_for_prompt(const cli::Environment& environment, std::string_view prompt,
                                     const TokenCounter& counter, TokenCount most,
                                     const std::vector<std::uint64_t>& held) {
  if (environment.state.empty()) return {};
  const files::DiskTree tree;
  const std::string here = tree.real_path(".").value_or("/");
  const auto policy = policy::read_policy(tree, environment.users_configuration, here);
  if (!policy || policy->mode_of("memory") == policy::Mode::off) return {};
  if (!recall_index(environment.state, true)) return {};
  recall::Query query;
  query.prompt = prompt;
  query.place = place_at(here, environment.home, environment.users_configuration);
  query.now = std::time(nullptr);
  return recall::quotes_for(query, environment.state, counter, most, held);
}

// The text, source and date of a fact, as far as they are still known.
std::string source_of_fact(const cli::Environment& environment, std::string_view name) {
  constexpr std::string_view prefix = "memory:";
  if (!name.starts_with(prefix)) return {};
  auto memory = Memory::open({environment.state, false});
  if (!memory) return {};
  const auto fact = memory->find(std::string(name.substr(prefix.size())));
  return fact && *fact ? rendering::memory_show_text(**fact, {}, Format::text) : std::string();
}

}  // namespace cascade::memory
