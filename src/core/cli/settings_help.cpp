// A setting that cannot be read has no value in force; the rest of the page is the same without it.
#include "cli/settings_help.h"

#include <map>

#include "cli/settings_in_force.h"
#include "files/tree.h"
#include "policy/setting.h"
#include "text/names.h"

namespace cascade::cli {
namespace {

using InForce = std::map<std::string, rendering::SettingInForce, std::less<>>;

InForce values_here(const Call& call) {
  InForce values;
  const auto workspace = Workspace::open(call.workspace_options());
  if (!workspace) return values;
  const auto settings =
      settings_in_force(call.environment(), call.options(), *workspace, files::DiskTree().real_path(".").value_or("/"));
  if (!settings) return values;
  for (const rendering::SettingInForce& setting : *settings) values.emplace(setting.name, setting);
  return values;
}

constexpr letters::Names<policy::Place::both> place_words("a project's file", "your own file",
                                                          "a project's file, your own");
std::string_view place_of(policy::Place place) { return place_words.of(place); }

bool is_asked(std::string_view key, std::string_view name) {
  return name.empty() || key == name || (key.substr(0, name.size()) == name && key[name.size()] == '.');
}

std::string row(const policy::Setting& setting, const InForce& values) {
  std::string text = "\n" + std::string(setting.key) + "\n    " + std::string(setting.meaning) + "\n    values: ";
  text.append(setting.values).append("\n    default: ").append(setting.usual);
  auto here = values.find(setting.key);
  if (here == values.end()) here = values.find(setting.outermost());
  if (here != values.end()) {
    text += "; here: " + here->second.value;
    if (here->second.from != "default") text += " (" + here->second.from + ")";
    if (!here->second.note.empty()) text += "; " + here->second.note;
  }
  text.append("\n    in: ").append(place_of(setting.place));
  return text.append("\n    example: ").append(setting.example) += '\n';
}

}  // namespace

std::string settings_help(const Call& call, const std::string& name) {
  const InForce values = values_here(call);
  std::string rows;
  for (const policy::Setting& setting : policy::settings())
    if (is_asked(setting.key, name)) rows += row(setting, values);
  if (rows.empty() || !name.empty()) return rows.empty() ? rows : rows.substr(1);
  const std::string& own = call.environment().users_configuration;
  return "The keys of cascade.yaml\n\n"
         "A project's file is the nearest cascade.yaml in or above the folder where you work; your own is\n" +
         (own.empty() ? "in ~/.config/cascade" : own) +
         ".\n`cascade config` shows what is in force, `cascade doctor` what is wrong, `cascade help cascade-yaml` how\n"
         "the files are read. A word in capitals is a name that you choose.\n" +
         rows;
}

}  // namespace cascade::cli
