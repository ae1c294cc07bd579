# What `cmake --install` puts where. Component sdk: what the author of an adapter needs; component hub: what runs.
#   lib/libmusubi_sdk.so  include/musubi/  lib/cmake/Musubi/     find_package(Musubi) → Musubi::sdk
#   bin/musubi  lib/musubi/*.so  share/musubi/{mappings,config}  share/doc/musubi/
# Component fhir: fhir-cpp alone (MusubiInstallFhir.cmake).
include(CMakePackageConfigHelpers)
set(package_folder lib/cmake/Musubi)
set(share_folder share/musubi)

# The SDK as one imported target, with the headers of its rooms in one folder.
get_property(header_folders GLOBAL PROPERTY MUSUBI_SDK_INCLUDE_FOLDERS)
foreach(folder IN LISTS header_folders)
  install(DIRECTORY ${folder} DESTINATION include COMPONENT sdk FILES_MATCHING PATTERN "*.h")
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/plugins/api/include/musubi/plugin/build_stamp.h
        DESTINATION include/musubi/plugin COMPONENT sdk)
target_include_directories(musubi_sdk INTERFACE $<INSTALL_INTERFACE:include>)
target_compile_features(musubi_sdk INTERFACE cxx_std_20)
set_target_properties(musubi_sdk PROPERTIES EXPORT_NAME sdk)
install(TARGETS musubi_sdk EXPORT MusubiTargets LIBRARY DESTINATION lib COMPONENT sdk)
if(TARGET musubi_adapter_contract)
  set_target_properties(musubi_adapter_contract PROPERTIES EXPORT_NAME adapter_contract INSTALL_RPATH "$ORIGIN/../lib")
  install(TARGETS musubi_adapter_contract EXPORT MusubiTargets RUNTIME DESTINATION bin COMPONENT sdk)
endif()
install(EXPORT MusubiTargets NAMESPACE Musubi:: DESTINATION ${package_folder} COMPONENT sdk)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/MusubiConfig.cmake.in
  ${PROJECT_BINARY_DIR}/cmake/MusubiConfig.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cmake/MusubiConfigVersion.cmake COMPATIBILITY ExactVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/cmake/MusubiConfig.cmake ${PROJECT_BINARY_DIR}/cmake/MusubiConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/plugins/api/cmake/MusubiAdapter.cmake
  DESTINATION ${package_folder} COMPONENT sdk)

include(MusubiInstallFhir)

# Data: mappings are part of the SDK as well, because the contract suite makes records by the catalogue.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/mappings DESTINATION ${share_folder} COMPONENT sdk)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/config DESTINATION ${share_folder} COMPONENT hub)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION share/doc/musubi COMPONENT hub)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/musubi COMPONENT sdk)

# The program and the adapters, which are loaded by path and therefore not exported.
if(TARGET musubi)
  set_target_properties(musubi PROPERTIES INSTALL_RPATH "$ORIGIN/../lib")
  install(TARGETS musubi RUNTIME DESTINATION bin COMPONENT hub)
endif()
get_property(adapters GLOBAL PROPERTY MUSUBI_ADAPTERS)
foreach(adapter IN LISTS adapters)
  set_target_properties(${adapter} PROPERTIES INSTALL_RPATH "$ORIGIN/..")
  install(TARGETS ${adapter} LIBRARY DESTINATION lib/musubi COMPONENT hub)
endforeach()
