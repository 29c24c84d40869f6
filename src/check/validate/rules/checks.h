// Every check, by the file that holds it, and the order in which they run.
#pragma once

#include "validate/rules/findings.h"

namespace cascade::validation {

// Front matter.
void check_required_fields(const Context&, const Document&, Findings&);  // FM006
void check_known_fields(const Context&, const Document&, Findings&);     // FM007 FM014
void check_field_types(const Context&, const Document&, Findings&);      // FM008
void check_field_values(const Context&, const Document&, Findings&);     // FM009
void check_implicit_types(const Context&, const Document&, Findings&);   // FM013
void check_encoding(const Context&, const Document&, Findings&);         // FM010 FM011

// Files of other clients, by their own tables.
void check_other_manifests(const Context&, const Document&, Findings&);  // FM004 FM006 - FM009 ID009 TL001

void check_instructions(const Context&, const Document&, Findings&);  // CT001 FM004 FM008
void check_settings(const Context&, const Document&, Findings&);      // FM007 FM008 FM009 TL009 CT001

// Names and places.
void check_names(const Context&, const Document&, Findings&);        // ID001 - ID004 ID007
void check_places(const Context&, const Document&, Findings&);       // ID009
void check_nearly_read(const Context&, const Document&, Findings&);  // ID009

// Playbooks.
void check_skill_hooks(const Context&, const Document&, Findings&);  // HK012 - HK015
void check_chains(const Context&, const Document&, Findings&);       // PB001 - PB007

// Descriptions.
void check_descriptions(const Context&, const Document&, Findings&);  // DQ001 DQ002 DQ004 - DQ007 BD001

void check_memory_size(const Context&, const Document&, Findings&);  // BD008

// Bodies.
void check_links(const Context&, const Document&, Findings&);           // CT001 CT002 CT010 SEC009
void check_bundled_files(const Context&, const Document&, Findings&);   // CT008 CT010 SEC009
void check_personal_paths(const Context&, const Document&, Findings&);  // CT009
void check_sections(const Context&, const Document&, Findings&);        // CT003 CT005 CT006 BD003

// Tools.
void check_tool_lists(const Context&, const Document&, Findings&);        // TL001 TL003 TL004 TL005 TL007
void check_tool_servers(const Context&, const Document&, Findings&);      // TL002
void check_subagents(const Context&, const Document&, Findings&);         // TL011
void check_withheld_tools(const Context&, const Document&, Findings&);    // TL012
void check_permission_modes(const Context&, const Document&, Findings&);  // TL006

// Hooks and settings.
void check_json_syntax(const Context&, const Document&, Findings&);    // HK001 PL001 TL009
void check_hook_entries(const Context&, const Document&, Findings&);   // FM014 HK002 HK003 HK007 HK011
void check_hook_matchers(const Context&, const Document&, Findings&);  // HK004 HK005
void check_hook_scripts(const Context&, const Document&, Findings&);   // HK006 HK008 HK010
void check_mcp_servers(const Context&, const Document&, Findings&);    // TL009 SEC017
void check_plugin(const Context&, const Document&, Findings&);         // PL002 - PL006 PL013 PL014
void check_marketplace(const Context&, const Document&, Findings&);    // PL007 PL008 PL009 ID004

// Security.
void check_hidden_characters(const Context&, const Document&, Findings&);     // SEC001 SEC002 SEC003
void check_confusables(const Context&, const Document&, Findings&);           // SEC004
void check_padding(const Context&, const Document&, Findings&);               // SEC014
void check_opaque_files(const Context&, const Document&, Findings&);          // SEC015
void check_secrets(const Context&, const Document&, Findings&);               // SEC008
void check_prompt_injection(const Context&, const Document&, Findings&);      // SEC005
void check_hidden_instructions(const Context&, const Document&, Findings&);   // SEC006 SEC005
void check_remote_execution(const Context&, const Document&, Findings&);      // SEC007
void check_encoded_payloads(const Context&, const Document&, Findings&);      // SEC012
void check_exfiltration(const Context&, const Document&, Findings&);          // SEC011
void check_destructive_commands(const Context&, const Document&, Findings&);  // SEC013
void check_settings_tampering(const Context&, const Document&, Findings&);    // SEC016
void check_argument_injection(const Context&, const Document&, Findings&);    // SEC018
void check_forged_marks(const Context&, const Document&, Findings&);          // SEC019
void check_authority(const Context&, const Document&, Findings&);             // SEC021
void check_acts(const Context&, const Document&, Findings&);                  // SEC022 - SEC031
void check_modules(const Context&, const Document&, Findings&);               // SEC032
void check_control_characters(const Context&, const Document&, Findings&);    // SEC020

// Every check of the whole tree.
void check_duplicate_names(const Context&, const std::vector<ManifestFacts>&, Findings&);         // ID005
void check_collisions(const Context&, const std::vector<ManifestFacts>&, Findings&);              // ID006
void check_cycles(const Context&, const std::vector<ManifestFacts>&, Findings&);                  // RF004
void check_passed_over(const Context&, const std::vector<ManifestFacts>&, Findings&);             // RF001 TL011
void check_reachability(const Context&, const std::vector<ManifestFacts>&, Findings&);            // RF005 RF006 RF007
void check_slash_names(const Context&, const std::vector<ManifestFacts>&, Findings&);             // RF008
void check_budgets(const Context&, const std::vector<ManifestFacts>&, Findings&);                 // BD002 BD005
void check_duplicate_descriptions(const Context&, const std::vector<ManifestFacts>&, Findings&);  // DQ003
void check_boilerplate(const Context&, const std::vector<ManifestFacts>&, Findings&);             // CT004

// Only for files that no other client's folder holds: by the keys, tools and places of Claude Code alone.
inline constexpr FileCheck usual_file_checks[] = {
    check_required_fields, check_known_fields,     check_field_types, check_field_values, check_implicit_types,
    check_names,           check_places,           check_chains,      check_skill_hooks,  check_tool_lists,
    check_tool_servers,    check_permission_modes, check_subagents,   check_hook_scripts, check_withheld_tools,
};

inline constexpr FileCheck file_checks[] = {
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

inline constexpr TreeCheck tree_checks[] = {
    check_duplicate_names, check_collisions,  check_cycles,  check_passed_over,
    check_reachability,    check_slash_names, check_budgets, check_duplicate_descriptions,
    check_boilerplate,
};

}  // namespace cascade::validation
