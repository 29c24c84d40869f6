// How ready a repository is for agents, as the core knows the system, in a program of its own: cascade-systems. That
// asks `cascade` what the validator says, by a hidden verb, and so links neither it nor the router.
#include <iterator>

#include "cli/call.h"
#include "cli/validated.h"
#include "cli/verbs.h"
#include "store/store.h"
#include "syntax/put.h"
#include "system/system.h"

namespace cascade::cli {
namespace {

// The manifests below a folder and the first of their errors, as audit/verb.cpp reads them.
Exit run_manifests(Call& call) {
  std::vector<std::string> roots;
  Arguments arguments("manifests");
  arguments.words("ROOT", roots, 1, 1);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto found = find_faults(call, {.roots = {{roots.front(), ""}}});
  if (!found) return call.console().fail(found.error());
  std::vector<Diagnostic> errors;
  for (const Diagnostic& finding : found->findings)
    if (finding.severity == Severity::error && found->manifests.count(finding.at.path) != 0) errors.push_back(finding);
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object();
  put(json, "files", found->manifests, "errors", errors.size());
  if (!errors.empty()) {
    put(json, "path", errors.front().at.path, "line", errors.front().at.line, "message",
        errors.front().rule + ": " + errors.front().message);
  }
  json.end_object();
  call.console().print(json.take() + "\n");
  return Exit::yes;
}

}  // namespace
}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group;
constexpr cli::Verb audit_verbs[] = {
    {"audit", Group::measure, 50, "say how ready a repository is for agents, with evidence", cli::become_own_program},
    {"manifests", Group::none, 40, "what the validator says, for audit", cli::run_manifests},
};

}  // namespace

extern const System audit_system;
const System audit_system = {
    .name = "audit",
    .verbs = {audit_verbs, std::size(audit_verbs)},
    .doctor = {cli::store_examinations, std::size(cli::store_examinations)},
};

}  // namespace cascade::core
