// An agent is named by its `name` key. In a plugin the folders below its component come between plugin and name, and
// the file name stands in for a missing key (client 2.1.328).
#include "manifest/identity.h"

#include <algorithm>

namespace cascade::manifest {

Identity identify_agent(const ManifestSource& source, std::string_view declared) {
  std::string_view stem = file_stem(source.path);
  if (files_of(source.component) == "agents") drop_ending(stem, ".agent");  // Copilot's agents/x.agent.md
  const std::string_view own = declared.empty() ? stem : declared;

  Identity out;
  std::string in_folders;
  if (!source.plugin.empty()) {
    in_folders = directory(below(source.path, source.component));
    std::replace(in_folders.begin(), in_folders.end(), '/', ':');
    if (!in_folders.empty()) in_folders += ':';
  }
  out.name = with_plugin(source.plugin, in_folders.append(own));
  out.title = is_placeholder_title(declared) ? stem : declared;
  Aliases aliases(source.plugin, out.name);
  aliases.add(own);
  aliases.add(stem);
  aliases.add(in_folders);
  out.aliases = aliases.take();
  return out;
}

}  // namespace cascade::manifest
