# Component fhir: what a program needs that uses FHIR R4 and nothing else of the hub.
#   lib/libmusubi_{fhir_models,fhir,fhirpath}.a  lib/libmusubi_sdk.so  include/musubi/{fhir,fhirpath,document,base}/
#   find_package(Musubi COMPONENTS fhir) → musubi::fhir
# The models are not part of what is built by default: build the target musubi_fhir_models first.
set(fhir_targets musubi_fhir_models musubi_fhir musubi_fhirpath
                 musubi_document musubi_document_headers musubi_base musubi_base_headers)
foreach(target IN LISTS fhir_targets)
  string(REPLACE "musubi_" "" exported ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${exported})
endforeach()
install(TARGETS ${fhir_targets} EXPORT MusubiFhirTargets ARCHIVE DESTINATION lib COMPONENT fhir OPTIONAL)
install(TARGETS musubi_sdk EXPORT MusubiFhirTargets LIBRARY DESTINATION lib COMPONENT fhir)
install(EXPORT MusubiFhirTargets NAMESPACE MusubiFhir:: DESTINATION ${package_folder} COMPONENT fhir)
foreach(room base document fhirpath fhir fhir/models)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/core/${room}/include/ DESTINATION include COMPONENT fhir
          FILES_MATCHING PATTERN "*.h")
endforeach()
install(FILES
  ${PROJECT_BINARY_DIR}/cmake/MusubiConfig.cmake ${PROJECT_BINARY_DIR}/cmake/MusubiConfigVersion.cmake
  DESTINATION ${package_folder} COMPONENT fhir)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/musubi COMPONENT fhir)
