// Past conversations, as the core knows the system.
#include <iterator>
#include <string>
#include <vector>

#include "cli/verbs.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "system/system.h"

namespace cascade::cli {

Run run_recall;

void past_tool(const Environment& environment, const policy::Policy& policy, const std::string& folder,
               std::vector<mcp::Tool>& tools);

}  // namespace cascade::cli

namespace cascade::systems {

Result<client::Answer> offer_past(EventSession& session);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group;
constexpr cli::Verb recall_verbs[] = {
    {"recall", Group::remember, 20, "find what was said and done in past conversations", cli::run_recall},
};
constexpr std::string_view recall_switches[] = {"past"};

}  // namespace

extern const System recall_system = {
    .name = "recall",
    .verbs = {recall_verbs, std::size(recall_verbs)},
    .switches = {recall_switches, std::size(recall_switches)},
    .rank = 50,
    .hear = systems::offer_past,
    .tools = cli::past_tool,
};

}  // namespace cascade::core
