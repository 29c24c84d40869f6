// cascade_validate.
#include <cascade/validate.h>

#include "c/handle.h"
#include "c/keys.h"
#include "validate/checkup/checkup.h"
#include "validate/checkup/mend.h"
#include "validate/report/findings.h"

namespace cascade::c {
namespace {

Result<Answer> validate_roots(cascade_workspace& handle, Request& request) {
  const std::string profile = request.text("profile").value_or("");
  if (!profile.empty() && !parse_profile(profile))
    request.fail("profile", "one of agent-skills, claude-code, cascade, install");
  const Format wanted = format(request, {Format::json, Format::text, Format::sarif, Format::github});
  if (auto done = request.finish(); !done) return done.error();
  const std::vector<Root>& roots = handle.workspace.roots();
  if (roots.empty()) return Error{ErrorCode::not_found, "there is no root to validate", {}, {}};
  CheckupOptions options;
  options.workspace = handle.options;
  options.profile = profile;
  Checkup checkup(std::move(options));
  for (const Root& root : roots)
    if (auto added = checkup.add(root.path, roots.size() > 1 ? root.path + "/" : ""); !added) return added.error();
  rendering::FindingsContext context = rendering::context_of(checkup);
  context.version = cascade_version();
  auto text = rendering::findings(wanted == Format::sarif ? with_fixes(checkup) : checkup.validation().found, context,
                                  wanted, rendering::Paint());
  if (!text) return text.error();
  return Answer{*std::move(text), !checkup.reaches(checkup.fail_on())};
}

}  // namespace
}  // namespace cascade::c

cascade_code cascade_validate(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::validate_roots);
}
