// Plugins and marketplaces.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo pl_rules[] = {
    {"PL001", "plugin-json", client(error), FixKind::none, "plugin.json or marketplace.json is not JSON.",
     "The plugin does not load.", "a comma is missing", "valid JSON"},
    {"PL002", "plugin-name", client(error), FixKind::none,
     "A plugin has no name, or one that is not lower-case words joined by hyphens (a warning for capitals); a "
     "marketplace's name holds a blank or a sign.",
     "The client refuses it.", "My Fancy Plugin", "my-fancy-plugin"},
    {"PL003", "component-path-form", client(error), FixKind::safe,
     "A component's path or a local source does not begin with ./",
     "The whole plugin is refused as \"invalid input\"; nothing says why.", "\"commands\": \"extra\"",
     "\"commands\": \"./extra\""},
    {"PL004", "component-path-missing", client(error), FixKind::none, "A component's path does not exist.",
     "The plugin fails to load it.", "./more-skills, which is not there", "a path that exists"},
    {"PL005", "plugin-field-unknown", client(warning), FixKind::none,
     "plugin.json has a key that the client does not know, or one that means something only in a marketplace.",
     "It is ignored.", "\"homepgae\"", "\"homepage\""},
    {"PL006", "plugin-version", client(warning), FixKind::none, "version is not of the form 1.2.3.",
     "Updates are not seen.", "spring", "1.0.0"},
    {"PL007", "marketplace-duplicate", client(error), FixKind::none, "Two entries of a marketplace have the same name.",
     "The second cannot be installed.", "two entries till", "two names"},
    {"PL008", "marketplace-source", client(error), FixKind::none,
     "A local source does not exist, or holds neither a plugin.json nor components.", "The installation fails.",
     "./plugins/shelf, which is not there", "a folder with a plugin"},
    {"PL009", "marketplace-field", client(error), FixKind::none,
     "A marketplace lacks its name, its owner or its plugins, or an entry its name or source.",
     "The client refuses it.", "no owner", "\"owner\": { \"name\": \"Team\" }"},
    {"PL013", "component-path-escape", client(error), FixKind::none,
     "A component's path or a source leaves the plugin through \"..\".", "The installed copy lacks the files.",
     "./../shared", "a path inside"},
    {"PL014", "plugin-field-type", client(error), FixKind::none,
     "A field of plugin.json has the wrong type: a text for author or keywords, a folder in "
     "agents, a file in skills.",
     "The client refuses the plugin.", "\"author\": \"Wind Club\"", "\"author\": { \"name\": \"Wind Club\" }"},
    {"PL015", "hooks-named-twice", client(error), FixKind::none,
     "plugin.json or a marketplace's entry names hooks/hooks.json, which the client loads by itself.",
     "It refuses all hooks of the plugin: \"Duplicate hooks file detected\".", "\"hooks\": \"./hooks/hooks.json\"",
     "no key"},
};

}  // namespace cascade::validation
