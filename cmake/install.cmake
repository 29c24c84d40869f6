# What `cmake --install` puts where, in four components: program, data (the shipped library, the token table), shared,
# development. Nothing of it names the prefix: the tree can be moved.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(CASCADE_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/cascade)
set(CASCADE_DATA_DIR ${CMAKE_INSTALL_DATADIR}/cascade)

if(CASCADE_PROGRAM)
  install(TARGETS cascade-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  foreach(asked IN ITEMS cascade-git cascade-postgres cascade-systems)
    if(TARGET ${asked})
      install(TARGETS ${asked} RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/cascade COMPONENT program)
    endif()
  endforeach()
  # Manual pages and completions, where each shell looks for them; cascade-documents writes them.
  set(documents ${PROJECT_BINARY_DIR}/documents)
  install(DIRECTORY ${documents}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT program)
  install(FILES ${documents}/completions/cascade
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
  install(FILES ${documents}/completions/_cascade
          DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
  install(FILES ${documents}/completions/cascade.fish
          DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
endif()
# skills/README.md is for readers of this repository; no client reads it. Of the programs that skills bring, those in
# Python are called as `python3 FILE`, and the packages need none; a shell script is run by its name.
set(CASCADE_RUN OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
install(DIRECTORY skills agents commands DESTINATION ${CASCADE_DATA_DIR}/library COMPONENT data
        REGEX "skills/README\\.md$" EXCLUDE
        PATTERN "*.sh" PERMISSIONS ${CASCADE_RUN})
# The library is judged by the rules that it was written under, wherever it lies; what this tree ignores is not there.
file(READ cascade.yaml CASCADE_LIBRARY_RULES)
string(REGEX REPLACE "\nignore:.*" "\n" CASCADE_LIBRARY_RULES "${CASCADE_LIBRARY_RULES}")
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/library/cascade.yaml CONTENT "${CASCADE_LIBRARY_RULES}" @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/library/cascade.yaml DESTINATION ${CASCADE_DATA_DIR}/library COMPONENT data)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS cascade.yaml)
# scripts/vocabulary makes the table and its notice; without it counts are estimated.
install(DIRECTORY share/cascade/ DESTINATION ${CASCADE_DATA_DIR} COMPONENT data OPTIONAL
        FILES_MATCHING PATTERN "o200k.*")

# Behind the copying of each component: its file as one piece, which starts and faults faster.
set(CASCADE_PLACE "\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}")
if(CASCADE_PROGRAM)
  install(CODE "execute_process(COMMAND [[${PROJECT_SOURCE_DIR}/cmake/write_whole.sh]]
    \"${CASCADE_PLACE}/${CMAKE_INSTALL_BINDIR}/cascade\"
    \"${CASCADE_PLACE}/${CMAKE_INSTALL_LIBEXECDIR}/cascade/cascade-git\")" COMPONENT program)
endif()
install(CODE "execute_process(COMMAND [[${PROJECT_SOURCE_DIR}/cmake/write_whole.sh]]
  \"${CASCADE_PLACE}/${CASCADE_DATA_DIR}/o200k.bin\")" COMPONENT data)

foreach(kind IN ITEMS static shared)
  string(REPLACE static cascade target ${kind})
  string(REPLACE shared cascade_shared target ${target})
  install(TARGETS ${target} EXPORT cascade-${kind}
          LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT shared NAMELINK_COMPONENT development
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
          FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
  install(EXPORT cascade-${kind} NAMESPACE cascade:: FILE cascade-${kind}-targets.cmake
          DESTINATION ${CASCADE_PACKAGE_DIR} COMPONENT development)
endforeach()

configure_package_config_file(
  cmake/cascade-config.cmake.in ${PROJECT_BINARY_DIR}/cascade-config.cmake
  INSTALL_DESTINATION ${CASCADE_PACKAGE_DIR} PATH_VARS CASCADE_DATA_DIR NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cascade-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/cascade-config.cmake ${PROJECT_BINARY_DIR}/cascade-config-version.cmake
        DESTINATION ${CASCADE_PACKAGE_DIR} COMPONENT development)

# From lib/pkgconfig (or lib/<triplet>/pkgconfig) back to the prefix.
string(REGEX REPLACE "[^/]+" ".." CASCADE_UP ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
configure_file(cmake/cascade.pc.in ${PROJECT_BINARY_DIR}/cascade.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/cascade.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
