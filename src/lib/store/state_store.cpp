#include "store/store.h"

#include "cli/call.h"
#include "files/paths.h"
#include "files/tree.h"
#include "policy/policy.h"
#include "render/overview.h"
#include "render/parts.h"

namespace cascade::cli {

using rendering::Check, rendering::CheckState;

store::Options store_at(const Environment& environment, const std::string& address, bool creates, bool checkpoints) {
  store::Options options{
      .folder = environment.state, .creates = creates, .checkpoints = checkpoints, .server = address};
  if (!address.empty()) options.program = postgres_program();
  return options;
}

Result<store::Options> configured_store(const Environment& environment, bool creates, bool checkpoints) {
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy) return policy.error();
  const auto address = policy::store_of(*policy);
  if (!address) return address.error();
  return store_at(environment, *address, creates, checkpoints);
}

// Checks the server of the store, if one is configured.
Result<void> check_server(Call& call, Workspace& /*library*/, bool /*repairs*/, std::vector<rendering::Check>& checks) {
  const Environment& environment = call.environment();
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy || (policy->store.empty() && policy->project_with_store.empty()))
    return {};  // the guard's check says why
  const auto place = configured_store(environment, false, false);
  const auto opened = place ? store::Store::open(*place) : Result<store::Store>(place.error());
  checks.push_back(opened ? Check{"store", CheckState::good, opened->path(), ""}
                          : Check{"store", CheckState::bad, opened.error().path + ": " + opened.error().message,
                                  opened.error().help});
  return {};
}

// Checks the store, if there is one. A damaged store is set aside on request.
Result<void> check_store(Call& call, Workspace& /*library*/, bool repairs, std::vector<rendering::Check>& checks) {
  const Environment& environment = call.environment();
  auto whole = store::check(environment.state);
  if (!whole && whole.error().code == ErrorCode::not_found) return {};
  if (whole) {
    checks.push_back({"store", CheckState::good, files::join(environment.state, store::file_name), ""});
    return {};
  }
  const Error& fault = whole.error();
  const auto mended =
      repairs && fault.code == ErrorCode::malformed ? store::repair(environment.state) : Result<store::Repaired>(fault);
  if (mended)
    checks.push_back(
        {"store", CheckState::warning,
         "was damaged: " + rendering::count_of(mended->rows, "row") + " could be read and are in " + mended->exported,
         "the damaged file is " + mended->damaged});
  else
    checks.push_back({"store", CheckState::bad, fault.path + ": " + mended.error().message, mended.error().help});
  return {};
}

}  // namespace cascade::cli
