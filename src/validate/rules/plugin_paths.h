// Paths by which plugins name their parts.
#pragma once

#include "validate/rules/context.h"

#include <string_view>

namespace cascade::validation {

// All that is wrong with one path: its form (PL003), that it leaves the plugin (PL013), that nothing is there (PL004),
// that it is a folder where files are wanted (PL014).
class ComponentPaths {
 public:
  ComponentPaths(const Context& context, const Document& document, std::string_view base, Findings& findings)
      : context_(context), document_(document), base_(base), findings_(findings) {}

  void component(std::string_view field, const syntax::Node& path);
  // Form and direction only; whether more can be said of the path. `resolved` is set when so.
  bool check_form(const syntax::Node& path, std::string& resolved);

 private:
  const Context& context_;
  const Document& document_;
  std::string_view base_;
  Findings& findings_;
};

// `rule` for a name that is not lower-case words joined by hyphens; a warning when only capitals are wrong.
void check_plugin_name(const Document& document, const syntax::Node& name, std::string_view rule, Findings& findings);

// PL014 for the fields of a marketplace's entry that a plugin's manifest has, too.
void check_entry_types(const Context& context, const Document& document, const syntax::Node& entry, Findings& findings);

}  // namespace cascade::validation
