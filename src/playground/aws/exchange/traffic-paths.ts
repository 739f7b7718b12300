/** Numbers of traffic-path that the sample network has: Nitro's own for internet gateway and gateway endpoint. */
export const TRAFFIC_PATHS = { sameVpc: 1, vpn: 3, gatewayEndpoint: 7, internet: 8 } as const;
