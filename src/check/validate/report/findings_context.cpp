#include "validate/report/findings.h"

namespace cascade::rendering {

FindingsContext context_of(const Checkup& checkup) {
  FindingsContext context;
  context.profile = checkup.profile();
  context.checked = checkup.validation().checked;
  context.suppressed = checkup.validation().suppressed;
  context.baselined = checkup.baselined();
  context.earlier = checkup.earlier();
  context.read = [&checkup](const std::string& path) { return checkup.read(path); };
  return context;
}

}  // namespace cascade::rendering
