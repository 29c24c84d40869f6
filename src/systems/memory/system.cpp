// Facts across conversations, as the core knows the system.
#include <iterator>
#include <string>
#include <vector>

#include "cli/verbs.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "store/state_store.h"
#include "system/system.h"

namespace cascade::cli {

Run run_memory;
core::AddChecks check_pushed_out;

void memory_tools(const Environment& environment, const policy::Policy& policy, const std::string& folder,
                  std::vector<mcp::Tool>& tools);

}  // namespace cascade::cli

namespace cascade::memory {

std::vector<Quote> quotes_for_prompt(const cli::Environment& environment, std::string_view prompt,
                                     const TokenCounter& counter, TokenCount most,
                                     const std::vector<std::uint64_t>& held);
std::string source_of_fact(const cli::Environment& environment, std::string_view name);

}  // namespace cascade::memory

namespace cascade::systems {

Result<client::Answer> keep_memory(EventSession& session);
void prepare_recall(EventSession& session, Workspace& library, HookOptions& options);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb memory_verbs[] = {
    {"memory", Group::day, 80, "show and change what is kept between conversations", cli::run_memory, Words::files,
     "add, search, list, show, keep, retire, restore, forget, history, conflicts, export, import, sync"},
};
constexpr std::string_view memory_switches[] = {"memory"};
constexpr Examination memory_examinations[] = {{Examined::store, cli::check_store},
                                               {Examined::server, cli::check_server},
                                               {Examined::store, cli::check_pushed_out}};

}  // namespace

extern const System memory_system = {
    .name = "memory",
    .verbs = {memory_verbs, std::size(memory_verbs)},
    .switches = {memory_switches, std::size(memory_switches)},
    .rank = 40,
    .hear = systems::keep_memory,
    .prepare = systems::prepare_recall,
    .doctor = {memory_examinations, std::size(memory_examinations)},
    .quotes = memory::quotes_for_prompt,
    .source = memory::source_of_fact,
    .tools = cli::memory_tools,
};

}  // namespace cascade::core
