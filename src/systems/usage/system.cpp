// What was sent and whether it served, as the core knows the system.
#include <iterator>

#include <cascade/bundle.h>
#include <cascade/render.h>

#include "cli/verbs.h"
#include "store/state_store.h"
#include "system/system.h"

namespace cascade::cli {

Run run_usage;
Result<std::string> report_of_session(Call& call, const std::string& id, Format format);
core::Came what_came(Call& call, const Workspace& library, std::int64_t since);

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb usage_verbs[] = {
    {"usage", Group::day, 90, "say what was sent and whether it served; silence what is noise", cli::run_usage,
     Words::manifests, "silence NAME..., restore [NAME...]"},
};

}  // namespace

extern const System usage_system;
const System usage_system = {
    .name = "usage",
    .verbs = {usage_verbs, std::size(usage_verbs)},
    .doctor = {cli::store_examinations, std::size(cli::store_examinations)},
    .report = cli::report_of_session,
    .came = cli::what_came,
};

}  // namespace cascade::core
