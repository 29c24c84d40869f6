// A command is named by its path below its component, folders joined by colons; a SKILL.md is named by its folder. The
// client ignores the `name` key (2.1.328); here it is an alias.
#include "manifest/identity.h"

#include <algorithm>

namespace cascade::manifest {

Identity identify_command(const ManifestSource& source, std::string_view declared) {
  const std::string_view path = below(source.path, source.component);
  const std::string_view folder = directory(path);
  std::string joined;
  if (base_name(path) == "SKILL.md") {
    joined = folder.empty() ? base_name(directory(source.path)) : folder;
  } else {
    joined = folder;
    if (!joined.empty()) joined += '/';
    std::string_view stem = file_stem(path);
    if (files_of(source.component) == "prompts") drop_ending(stem, ".prompt");  // Copilot's prompts/x.prompt.md
    joined += stem;
  }
  if (joined.empty()) joined = file_stem(source.path);
  std::replace(joined.begin(), joined.end(), '/', ':');

  Identity out;
  out.name = with_plugin(source.plugin, joined);
  const std::size_t last = joined.rfind(':');
  const std::string_view stem = std::string_view(joined).substr(last == std::string::npos ? 0 : last + 1);
  out.title = is_placeholder_title(declared) ? stem : declared;

  Aliases aliases(source.plugin, out.name);
  aliases.add(declared);
  aliases.add(joined);
  aliases.add(stem);
  if (last != std::string::npos && last > 0) {  // directory:file
    const std::size_t before = joined.rfind(':', last - 1);
    aliases.add(std::string_view(joined).substr(before == std::string::npos ? 0 : before + 1));
    std::string hyphenated = joined;  // programs that flatten folders call dock:moor dock-moor
    std::replace(hyphenated.begin(), hyphenated.end(), ':', '-');
    aliases.add(hyphenated);
  }
  out.aliases = aliases.take();
  return out;
}

}  // namespace cascade::manifest
