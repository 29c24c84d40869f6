// Every check, by the file that holds it, and the order in which they run.
#pragma once

#include "validate/rules/findings.h"

namespace cascade::validation {

// Checks one file. Called for every file; a rule first decides whether the file concerns it.
using FileCheck = void(const Context&, const Document&, Findings&);
// Checks the whole tree. The manifests are in the order of ids, without documents.
using TreeCheck = void(const Context&, const std::vector<ManifestFacts>&, Findings&);

// Front matter: FM006 to FM011, FM013, FM014, FM016.
FileCheck check_required_fields, check_known_fields, check_field_types, check_field_values, check_implicit_types,
    check_encoding;

// Files of other clients, by their own tables; instructions and settings.
FileCheck check_other_manifests, check_instructions, check_settings;

// Names and places: ID001 to ID004, ID007, ID009.
FileCheck check_names, check_places, check_nearly_read;

// Hooks of skills and playbooks: HK012 to HK015, PB.
FileCheck check_skill_hooks, check_chains;

// Descriptions and bodies: DQ but DQ003, BD001, BD003, BD008, CT but CT004, SEC009.
FileCheck check_descriptions, check_memory_size, check_links, check_bundled_files, check_personal_paths, check_sections;

// Tools: TL but TL009.
FileCheck check_tool_lists, check_tool_servers, check_subagents, check_withheld_tools, check_permission_modes;

// Hooks, settings, servers and plugins: HK001 to HK011, FM014, TL009, SEC017, PL, ID004.
FileCheck check_json_syntax, check_hook_entries, check_hook_matchers, check_hook_scripts, check_mcp_servers,
    check_plugin, check_marketplace;

// Security: all other rules SEC.
FileCheck check_hidden_characters, check_confusables, check_padding, check_opaque_files, check_secrets,
    check_prompt_injection, check_hidden_instructions, check_remote_execution, check_encoded_payloads,
    check_exfiltration, check_destructive_commands, check_settings_tampering, check_argument_injection,
    check_forged_marks, check_authority, check_acts, check_modules, check_control_characters;

// The whole tree: ID005, ID006, RF but RF002 and RF003, BD002, BD005, DQ003, CT004, TL011.
TreeCheck check_duplicate_names, check_collisions, check_cycles, check_passed_over, check_reachability,
    check_slash_names, check_budgets, check_duplicate_descriptions, check_boilerplate;

// Only for files that no other client's folder holds: by the keys, tools and places of Claude Code alone.
inline constexpr FileCheck* usual_file_checks[] = {
    check_required_fields, check_known_fields,     check_field_types, check_field_values, check_implicit_types,
    check_names,           check_places,           check_chains,      check_skill_hooks,  check_tool_lists,
    check_tool_servers,    check_permission_modes, check_subagents,   check_hook_scripts, check_withheld_tools,
};

inline constexpr FileCheck* file_checks[] = {
    check_other_manifests,
    check_nearly_read,
    check_settings,
    check_instructions,
    check_encoding,
    check_json_syntax,
    check_descriptions,
    check_hook_entries,
    check_hook_matchers,
    check_mcp_servers,
    check_plugin,
    check_marketplace,
    check_sections,
    check_memory_size,
    check_links,
    check_bundled_files,
    check_personal_paths,
    check_hidden_characters,
    check_confusables,
    check_padding,
    check_opaque_files,
    check_secrets,
    check_prompt_injection,
    check_hidden_instructions,
    check_remote_execution,
    check_encoded_payloads,
    check_exfiltration,
    check_destructive_commands,
    check_settings_tampering,
    check_argument_injection,
    check_forged_marks,
    check_control_characters,
    check_authority,
    check_acts,
    check_modules,
};

inline constexpr TreeCheck* tree_checks[] = {
    check_duplicate_names, check_collisions,  check_cycles,  check_passed_over,
    check_reachability,    check_slash_names, check_budgets, check_duplicate_descriptions,
    check_boilerplate,
};

}  // namespace cascade::validation
