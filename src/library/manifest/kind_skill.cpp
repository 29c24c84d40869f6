// A skill is named by its folder; the `name` key is an alias (client 2.1.328).
#include "manifest/identity.h"

namespace cascade::manifest {

Identity identify_skill(const ManifestSource& source, std::string_view declared) {
  std::string_view folder = base_name(directory(source.path));
  // SKILL.md at the root of a plugin or library: the given path does not contain the folder's own name.
  if (folder.empty()) folder = !source.plugin.empty() ? source.plugin : declared;
  if (folder.empty()) folder = file_stem(source.path);

  Identity out;
  out.name = with_plugin(source.plugin, folder);
  out.title = is_placeholder_title(declared) ? folder : declared;
  Aliases aliases(source.plugin, out.name);
  aliases.add(declared);
  aliases.add(folder);
  out.aliases = aliases.take();
  return out;
}

}  // namespace cascade::manifest
