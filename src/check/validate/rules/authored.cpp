#include "validate/rules/authored.h"

#include "files/paths.h"
#include "manifest/authoring.h"

namespace cascade::validation {

bool is_about_authoring(const Context& context, const Document& document) {
  std::optional<ManifestView> about = document.manifest();
  if (!about && document.place().skill)
    if (const auto id = context.layout.manifest_at(files::join(*document.place().skill, "SKILL.md")))
      about = context.registry[*id];
  return about && manifest::teaches_authoring(about->name, about->description);
}

}  // namespace cascade::validation
