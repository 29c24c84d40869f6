// Reads what package managers read: lists of packages line by line, and package.json by its keys. A package is foreign
// if it comes from an index of the list's own, from an address, or from a repository at no fixed version.
#include "files/paths.h"
#include "syntax/json.h"
#include "text/ascii.h"
#include "text/one_of.h"
#include "validate/acts/act.h"

namespace cascade::validation {
namespace {

// A commit or a tag behind a repository's address: "#v1.2.0", "@3f2a9c1...".
bool is_pinned(std::string_view address) {
  const std::size_t mark = address.find_last_of("#@");
  if (mark == std::string_view::npos) return false;
  std::string_view version = address.substr(mark + 1);
  version = version.substr(0, version.find_first_of(" #;&"));
  std::size_t digits = 0;
  for (const char c : version) digits += letters::is_digit(c) ? 1 : 0;
  return digits >= 2 || version.size() >= 7 * 4;
}

constexpr std::string_view index_options[] = {"--index-url", "--extra-index-url", "-i ",         "--trusted-host",
                                              "index-url",   "extra-index-url",   "trusted-host"};

std::vector<Act> acts_of_requirements(std::string_view text) {
  std::vector<Act> acts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = letters::trim(text.substr(at, end - at));
    for (const std::string_view option : index_options)
      if (line.starts_with(option) && line.find("//pypi.") == std::string_view::npos &&
          line.find("download.pytorch.org") == std::string_view::npos) {
        acts.push_back({Deed::foreign,
                        at,
                        std::string(line),
                        "takes packages from an index of its own",
                        "index mirror registry private",
                        {}});
        break;
      }
    const bool address = line.find("git+") != std::string_view::npos || line.find("@ http") != std::string_view::npos ||
                         line.starts_with("http");
    if (address && !line.starts_with("#") && !is_pinned(line))
      acts.push_back(
          {Deed::foreign, at, std::string(line), "takes a package from an address at no fixed version", "", {}});
    at = end + 1;
  }
  return acts;
}

std::vector<Act> acts_of_npmrc(std::string_view text) {
  std::vector<Act> acts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = letters::trim(text.substr(at, end - at));
    const std::size_t key = line.find("registry");
    if (key != std::string_view::npos && line.find('=', key) != std::string_view::npos &&
        line.find("npmjs") == std::string_view::npos && !line.starts_with(";") && !line.starts_with("#"))
      acts.push_back({Deed::foreign,
                      at,
                      std::string(line),
                      "takes packages from a registry of its own",
                      "registry mirror private",
                      {}});
    at = end + 1;
  }
  return acts;
}

std::size_t offset_of(std::string_view text, const syntax::Node& node) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < node.at.line && at != std::string_view::npos; ++line) {
    at = text.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  return at == std::string_view::npos ? 0 : at;
}

std::vector<Act> acts_of_package(std::string_view text) {
  std::vector<Act> acts;
  const std::string_view trimmed = letters::trim(text);
  // A page may show the lines alone that belong into "scripts".
  const std::string around = trimmed.starts_with('{') ? std::string(text) : "{\"scripts\":{" + std::string(text) + "}}";
  const syntax::Node root = syntax::parse_json(around).root;
  if (const syntax::Node* scripts = root.find("scripts"); scripts != nullptr)
    for (std::size_t i = 0; i < scripts->size(); ++i)
      if (letters::is_one_of(scripts->key(i).text, {"preinstall", "install", "postinstall", "prepare"})) {
        const std::size_t at = offset_of(text, scripts->value(i));
        for (Act& act : acts_of_shell(scripts->value(i).text, at)) {
          act.at = at;
          acts.push_back(std::move(act));
        }
        acts.push_back({Deed::runs, at, scripts->value(i).text, "runs when it is installed", {}, {}});
      }
  for (const char* key : {"dependencies", "devDependencies", "optionalDependencies"}) {
    const syntax::Node* packages = root.find(key);
    if (packages == nullptr) continue;
    for (std::size_t i = 0; i < packages->size(); ++i) {
      const std::string& from = packages->value(i).text;
      const bool address = from.find("://") != std::string::npos || from.starts_with("git") ||
                           (from.find('/') != std::string::npos && !from.starts_with("file:") &&
                            !from.starts_with("npm:") && !from.starts_with("workspace:") && !from.starts_with("."));
      if (address && !is_pinned(from))
        acts.push_back({Deed::foreign,
                        offset_of(text, packages->value(i)),
                        packages->key(i).text + ": " + from,
                        "takes a package from an address at no fixed version",
                        "",
                        {}});
    }
  }
  return acts;
}

}  // namespace

std::vector<Act> acts_of_list(std::string_view text, std::string_view path) {
  const std::string_view name = files::file_name(path);
  if (name == "package.json") return acts_of_package(text);
  if (name == ".npmrc" || name == ".yarnrc" || name == "bunfig.toml") return acts_of_npmrc(text);
  const bool requirements = name.find("requirements") != std::string_view::npos && name.ends_with(".txt");
  if (requirements || name == "pip.conf" || name == "constraints.txt") return acts_of_requirements(text);
  return {};
}

}  // namespace cascade::validation
