// The paths with which plugins name their parts.
#pragma once

#include "validate/rules/context.h"

#include <string_view>

namespace cascade::validation {

// Checks everything about one path: its form (PL003), that it stays in the plugin (PL013), that it exists (PL004),
// that it is not a folder where files are required (PL014).
class ComponentPaths {
 public:
  ComponentPaths(const Context& context, const Document& document, std::string_view base, Findings& findings)
      : context_(context), document_(document), base_(base), findings_(findings) {}

  void component(std::string_view field, const syntax::Node& path);
  // Checks only form and direction; returns whether more can be checked. Then `resolved` is set.
  bool check_form(const syntax::Node& path, std::string& resolved);

 private:
  const Context& context_;
  const Document& document_;
  std::string_view base_;
  Findings& findings_;
};

// Reports `rule` for a name that is not lower-case words joined by hyphens; a warning if only capitals are wrong.
void check_plugin_name(const Document& document, const syntax::Node& name, std::string_view rule, Findings& findings);

// The paths of such an entry, which begin at the plugin's folder: what ComponentPaths says of each.
void check_entry_paths(const Context& context, const Document& document, const syntax::Node& entry,
                       std::string_view folder, Findings& findings);
// PL014 for the fields of a marketplace's entry that a plugin's manifest also has.
void check_entry_types(const Context& context, const Document& document, const syntax::Node& entry, Findings& findings);

}  // namespace cascade::validation
