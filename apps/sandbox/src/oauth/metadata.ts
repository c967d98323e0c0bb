import type { Site } from '../site.ts';

/** What says where an account's server has its tokens from: RFC 9728. */
export function resourceMetadata({ origin }: Site): object {
  return {
    resource: origin,
    authorization_servers: [origin],
    scopes_supported: [],
    bearer_methods_supported: ['header'],
    resource_documentation: 'https://atproto.com',
  };
}

/** What the authorisation server can do: RFC 8414. Finer scopes are not listed here, as on the reference server. */
export function serverMetadata({ origin }: Site): object {
  return {
    issuer: origin,
    scopes_supported: ['atproto', 'transition:email', 'transition:generic', 'transition:chat.bsky'],
    subject_types_supported: ['public'],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    ui_locales_supported: ['en-US'],
    authorization_response_iss_parameter_supported: true,
    require_pushed_authorization_requests: true,
    pushed_authorization_request_endpoint: `${origin}/oauth/par`,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    revocation_endpoint: `${origin}/oauth/revoke`,
    token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['ES256'],
    dpop_signing_alg_values_supported: ['ES256'],
    protected_resources: [origin],
    client_id_metadata_document_supported: true,
  };
}
