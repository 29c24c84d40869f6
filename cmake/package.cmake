# Debian packages, by `cpack` in a tree of the preset `package` (scripts/package): cascade (program and data),
# libcascade<SOVERSION>, libcascade-dev.
set(soversion ${CASCADE_SOVERSION})
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME cascade)
set(CPACK_PACKAGE_CONTACT "The Cascade authors <maintainers@cascade.invalid>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_COMPONENTS_ALL program data shared development program-doc shared-doc development-doc)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
                                                WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION TRUE)
set(CPACK_DEBIAN_PACKAGE_SOURCE cascade)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME cascade)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "Reads skills, agents and slash commands, binds what they name, routes
prompts to them, and packs their sections under a hard token budget with a
proof of how good the choice is. Serves the hooks of Claude Code. Comes with
a library of manifests and a table for exact token counts.")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)  # of cascade-postgres
set(CPACK_DEBIAN_SHARED_PACKAGE_NAME libcascade${soversion})
set(CPACK_DEBIAN_SHARED_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_SHARED_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_SHARED_PACKAGE_RECOMMENDS "cascade (>= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_SHARED_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/cmake/debian/triggers)
set(CPACK_DEBIAN_SHARED_DESCRIPTION "Resolves skills, agents and slash commands and packs them under a token
budget. This is the library for C++ and, by JSON, for C and what calls C.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libcascade-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libcascade${soversion} (= ${PROJECT_VERSION}), libyaml-cpp-dev, libstemmer-dev, libmd-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "Headers for C++17 and C, the static library, and what CMake and pkg-config
need to find them.")

# Every package has its copyright and its changelog; the program's archives are linked in, so their notices go along.
find_program(GZIP gzip REQUIRED)
file(READ LICENSE licence)
string(REGEX REPLACE "\n(\n|$)" "\n .\n" licence "${licence}")
string(REGEX REPLACE "\n([^ \n])" "\n \\1" licence "${licence}")
set(documents ${PROJECT_BINARY_DIR}/debian)
configure_file(cmake/debian/copyright.in ${documents}/copyright @ONLY)
configure_file(cmake/debian/changelog.in ${documents}/changelog @ONLY)
execute_process(COMMAND ${GZIP} -9nfk ${documents}/changelog COMMAND_ERROR_IS_FATAL ANY)
foreach(part IN ITEMS program shared development)
  string(TOUPPER ${part} upper)
  install(FILES ${documents}/copyright ${documents}/changelog.gz
          DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME} COMPONENT ${part}-doc)
  install(FILES cmake/debian/${part}.overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides
          RENAME ${CPACK_DEBIAN_${upper}_PACKAGE_NAME} COMPONENT ${part}-doc OPTIONAL)
endforeach()
foreach(package IN ITEMS libyaml-cpp-dev nlohmann-json3-dev libcli11-dev libspdlog-dev libfmt-dev libxxhash-dev
        libstemmer-dev libmd-dev libsqlite3-dev libc6-dev gcc-12-base)
  install(FILES /usr/share/doc/${package}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/cascade/linked
          RENAME ${package} COMPONENT program-doc OPTIONAL)
endforeach()

include(CPack)
foreach(part IN ITEMS program shared development)
  cpack_add_component_group(${part})
  cpack_add_component(${part} GROUP ${part})
  cpack_add_component(${part}-doc GROUP ${part})
endforeach()
cpack_add_component(data GROUP program)
