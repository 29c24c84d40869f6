// The function of each check. They add evidence and say what lacks; none gives a level above 0 without evidence.
#pragma once

#include "audit/checks.h"
#include "audit/subject.h"

namespace cascade::audit::judges {

Level instructions(const Subject& subject, const Package& package, Finding& finding);
Level commands(const Subject& subject, const Package& package, Finding& finding);
Level manifests(const Subject& subject, const Package& package, Finding& finding);

Level suite(const Subject& subject, const Package& package, Finding& finding);
Level reach(const Subject& subject, const Package& package, Finding& finding);
Level regressions(const Subject& subject, const Package& package, Finding& finding);

Level lint(const Subject& subject, const Package& package, Finding& finding);
Level types(const Subject& subject, const Package& package, Finding& finding);
Level format(const Subject& subject, const Package& package, Finding& finding);

Level tests_in_ci(const Subject& subject, const Package& package, Finding& finding);
Level checks_in_ci(const Subject& subject, const Package& package, Finding& finding);
Level pinned_actions(const Subject& subject, const Package& package, Finding& finding);

Level versions(const Subject& subject, const Package& package, Finding& finding);
Level publishing(const Subject& subject, const Package& package, Finding& finding);
Level rollback(const Subject& subject, const Package& package, Finding& finding);

Level locks(const Subject& subject, const Package& package, Finding& finding);
Level setup(const Subject& subject, const Package& package, Finding& finding);
Level tool_versions(const Subject& subject, const Package& package, Finding& finding);

Level secrets(const Subject& subject, const Package& package, Finding& finding);
Level guards(const Subject& subject, const Package& package, Finding& finding);
Level updates(const Subject& subject, const Package& package, Finding& finding);

Level owners(const Subject& subject, const Package& package, Finding& finding);
Level reviews(const Subject& subject, const Package& package, Finding& finding);
Level explanations(const Subject& subject, const Package& package, Finding& finding);

}  // namespace cascade::audit::judges
