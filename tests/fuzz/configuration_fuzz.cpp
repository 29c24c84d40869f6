// cascade.yaml of any bytes is read or refused with its place, and reading it twice gives the same.
#include "workspace/configuration.h"

#include <cstdlib>

using namespace cascade;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = workspace::read_configuration(text, "cascade.yaml", "/r");
  const auto again = workspace::read_configuration(text, "cascade.yaml", "/r");
  require(read.faults.size() == again.faults.size());
  for (std::size_t fault = 0; fault < read.faults.size(); ++fault) {
    const Error &one = read.faults[fault], &other = again.faults[fault];
    require(one.code == ErrorCode::misuse && !one.message.empty());
    require(one.path.compare(0, 13, "cascade.yaml:") == 0);
    require(one.message == other.message && one.path == other.path);
  }
  require(read.policy.ignore.size() == again.policy.ignore.size());
  require(read.policy.rules.size() == again.policy.rules.size());
  for (const Ignore& ignore : read.policy.ignore) require(!ignore.path.empty());
  for (const std::string& root : read.roots) require(!root.empty());
  // Whatever was read is a policy that can be applied.
  Diagnostic finding;
  finding.rule = "SEC007";
  finding.at.path = "skills/a/SKILL.md";
  apply(read.policy, {finding});
  return 0;
}
