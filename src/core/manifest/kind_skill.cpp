// A skill is named by its folder; the `name` key is an alias. Where a component is the folder of a single skill, as in
// `"skills": ["./"]` or with SKILL.md at a plugin's root, that folder is called otherwise wherever the plugin is
// installed: there the key names the skill, and the folder only where no key does (client 2.1.332).
#include "manifest/identity.h"
#include "text/ascii.h"

namespace cascade::manifest {
namespace {

// The name that the client makes of a plugin's key, which may have the plugin's name already.
std::string called(std::string_view plugin, std::string_view declared) {
  if (plugin.empty()) return std::string(declared);
  if (declared.starts_with(plugin) && declared.substr(plugin.size()).starts_with(':'))
    declared.remove_prefix(plugin.size() + 1);
  std::string name;
  for (const char c : declared)
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) name += letters::is_name(c) ? c : '-';  // a sign is one "-"
  return name;
}

}  // namespace

Identity identify_skill(const ManifestSource& source, std::string_view declared) {
  const std::string_view place = directory(source.path);
  std::string_view folder = base_name(place);
  // SKILL.md at the root of a plugin or library: the given path does not contain the folder's own name.
  if (folder.empty()) folder = !source.plugin.empty() ? source.plugin : declared;
  if (folder.empty()) folder = file_stem(source.path);
  const bool by_key = place == source.component && !declared.empty();

  Identity out;
  out.name = with_plugin(source.plugin, by_key ? called(source.plugin, declared) : folder);
  out.title = is_placeholder_title(declared) ? folder : declared;
  Aliases aliases(source.plugin, out.name);
  aliases.add(declared);
  aliases.add(folder);
  out.aliases = aliases.take();
  return out;
}

}  // namespace cascade::manifest
